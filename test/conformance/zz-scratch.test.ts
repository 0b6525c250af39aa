import { test } from 'node:test';
import { openFile } from '../../server/yaml/file';
const cases = {
 badIndent: 'a: 1\nspec:\n  interval: 5m\n   prune: true\n  x: y\n',
 dedent: 'spec:\n  a:\n    b: 1\n   c: 2\n  x: y\n',
 openQuote: 'spec:\n  interval: "5m\n  prune: true\n  x: y\n',
 openSingle: "spec:\n  interval: '5m\n  prune: true\n  x: y\n",
 tab: 'spec:\n  interval: 5m\n\tprune: true\n  x: y\n',
 colonSpace: 'spec:\n  interval: 5m: x\n  prune: true\n',
 noColon: 'spec:\n  interval 5m\n  prune: true\n',
 noColonLast: 'spec:\n  prune: true\n  interval 5m\n',
 noColonTop: 'spec:\n  prune: true\nkind x\n',
 openBracket: 'spec:\n  interval: [5m\n  prune: true\n  x: y\n',
 openBrace: 'spec:\n  interval: {a: 5m\n  prune: true\n  x: y\n',
 at: 'spec:\n  interval: @home\n  prune: true\n',
 backtick: 'spec:\n  interval: `home`\n  prune: true\n',
 star: 'spec:\n  interval: *.example.com\n  prune: true\n',
 percent: 'spec:\n  interval: %x\n  prune: true\n',
 afterQuote: 'spec:\n  interval: "5m" x\n  prune: true\n',
 afterBracket: 'spec:\n  interval: [5m] x\n  prune: true\n',
 unbalanced: 'spec:\n  interval: [5m]]\n  prune: true\n',
 missingSpace: 'spec:\n  interval:5m\n  prune: true\n',
 tilda: 'spec:\n  interval: !foo 5m\n  prune: true\n',
 bang: 'spec:\n  interval: &\n  prune: true\n',
 control: 'spec:\n  interval: a\u0001b\n  prune: true\n',
 dashes: 'spec:\n  interval: - 5m\n  prune: true\n',
 pipe: 'spec:\n  interval: | 5m\n  prune: true\n',
 gt: 'spec:\n  interval: >=1.0\n  prune: true\n',
 escape: 'spec:\n  interval: "C:\\Path"\n  prune: true\n',
 itemInMap: 'spec:\n  a: 1\n  - b\n  prune: true\n',
};
test('x', () => {
  for (const [name, text] of Object.entries(cases)) {
    const file = openFile('a.yaml', text, 1, undefined);
    console.log(name, file.documents.flatMap(({ document }) => document.faults.map((f) => `${f.code} ${document.text.slice(0, f.start).split('\n').length} ${JSON.stringify(document.text.slice(f.start, f.end))}: ${f.message}`)).join(' | '));
  }
});
