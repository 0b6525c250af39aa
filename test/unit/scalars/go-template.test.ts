import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isObject } from '../../../server/model/json';
import { renderTemplate } from '../../../server/scalars/go-template';
import { openFile } from '../../../server/yaml/file';
import { valueOf } from '../../../server/yaml/scalar';

const inputsText = `
id: "7"
count: 3
large: 1000000
on: true
off: false
empty: ""
apps:
  - {app: web, ns: shop}
  - {app: api}
map: {b: 2, a: 1}
defaults: {ns: default}
`;

function render(template: string): string | undefined {
  const document = openFile('', inputsText, 0).documents[0]?.document;
  const inputs = document && valueOf(document, document.root);
  assert.ok(isObject(inputs));
  const rendered = renderTemplate(template, inputs);
  return rendered.kind === 'text' ? rendered.text : undefined;
}

// What text/template of Go 1.26 prints, with the delimiters and functions of flux-operator.
const known: readonly (readonly [template: string, text: string])[] = [
  ['plain', 'plain'],
  ['a << inputs.id >> b', 'a 7 b'],
  ['<<inputs.count>>', '3'],
  ['<< inputs.on >> << inputs.off >>', 'true false'],
  ['x <<- inputs.id ->> y', 'x7y'],
  ['x <</* note */>> y', 'x  y'],
  ['<< inputs.id | quote >>', '"7"'],
  ['<< quote inputs.id >>', '"7"'],
  ['<< inputs.empty | default "none" >>', 'none'],
  ['<< default "none" inputs.id >>', '7'],
  ['<< printf "%s-%v%s" inputs.id inputs.count "x" >>', '7-3x'],
  ['<< printf "%s" (inputs.empty | default inputs.defaults.ns) | upper >>', 'DEFAULT'],
  ['<< range inputs.apps >><< .app >>,<< end >>', 'web,api,'],
  [
    '<< range $a := inputs.apps >><< $a.app >>/<< get $a "ns" | default inputs.defaults.ns >> << end >>',
    'web/shop api/default ',
  ],
  ['<< range $i, $a := inputs.apps >><< $i >><< $a.app >><< end >>', '0web1api'],
  ['<< range $k, $v := inputs.map >><< $k >><< $v >><< end >>', 'a1b2'],
  ['<< if inputs.on >>yes<< else >>no<< end >>', 'yes'],
  ['<< if inputs.off >>a<< else if eq inputs.id "7" >>b<< else >>c<< end >>', 'b'],
  ['<< if and inputs.on (not inputs.off) >>x<< end >>', 'x'],
  ['<< with inputs.defaults >><< .ns >><< end >>', 'default'],
  ['<< $x := inputs.id >><< $x >>', '7'],
  ['<< "a >> b" >>', 'a >> b'],
  ['<< inputs.large >>', '1000000'],
  ['<< inputs.apps >>', '[map[app:web ns:shop] map[app:api]]'],
  ['<< printf "%q %d" inputs.id inputs.count >>', '"7" 3'],
  ['<<- range inputs.apps >>\n- << .app >>\n<<- end >>\n', '\n- web\n- api\n'],
];

const beyond = [
  '<< inputs.absent >>',
  '<< unknownFunction inputs.id >>',
  '<< inputs.id',
  '<< if inputs.on >>open',
  '<< end >>',
  '<< eq inputs.id inputs.count >>',
  '<< printf "%5d" inputs.count >>',
  '<< break >>',
  '<< $x = 1 >>',
  '<< define "x" >><< end >>',
  '<< .Missing >>',
  '<< printf "%s" inputs.count >>',
  `${'<< if inputs.on >>'.repeat(200)}${'<< end >>'.repeat(200)}`,
];

test('templates of ResourceSets come out as in Go', () => {
  for (const [template, text] of known) assert.equal(render(template), text, template);
});

test('what is beyond them is unknown', () => {
  for (const template of beyond) assert.equal(render(template), undefined, template.slice(0, 80));
});
