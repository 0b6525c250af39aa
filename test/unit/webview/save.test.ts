import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phases } from '../../../webview/protocol';
import { layOut } from '../../../webview/graph/layout';
import { createModel, type GraphModel } from '../../../webview/graph/model';
import { phaseMarks } from '../../../webview/graph/phases';
import { describeNode, type States } from '../../../webview/graph/picture';
import { mermaidText } from '../../../webview/graph/save-mermaid';
import { svgFile } from '../../../webview/graph/save-svg';
import { select } from '../../../webview/graph/selection';
import { summary } from '../../../webview/graph/summary';
import { cutText, textWidth } from '../../../webview/graph/text-width';
import { edge, graph, hostileName, node, showAll } from './graphs';

const noStates: States = new Map();
const svgOf = (model: GraphModel, states = noStates, title = 'clusters/home'): string => {
  const selection = select(model, showAll);
  return svgFile(model, selection, layOut(selection), states, title);
};
const mermaidOf = (model: GraphModel, title = 'clusters/home'): string =>
  mermaidText(model, select(model, showAll), title);

test('mermaid', () => {
  assert.equal(
    `\n${mermaidOf(graph('sync => apps', 'apps ~> git', 'apps -> infra', 'infra -> apps'))}`,
    `
flowchart LR
  subgraph cluster["clusters/home"]
    n0["Kustomization<br/>flux-system/sync"]
    n1["Kustomization<br/>flux-system/apps<br/>dependency cycle"]:::cyclic
    n2["Kustomization<br/>flux-system/git"]
    n3["Kustomization<br/>flux-system/infra<br/>dependency cycle"]:::cyclic
  end
  n0 --> n1
  n1 -.->|source| n2
  n1 -.->|dependsOn| n3
  n3 -.->|dependsOn| n1
  classDef cyclic stroke:#c72e0f,stroke-width:2px
  linkStyle 2,3 stroke:#c72e0f
`,
  );
});

const hostile = createModel(
  [{ ...node('a'), name: hostileName, kind: hostileName, note: hostileName }],
  [edge('a -> a')],
);

test('a name that would break out of a Mermaid label stays in it', () => {
  const text = mermaidOf(hostile, hostileName);
  const lines = text.split('\n').filter((line) => line.includes('script'));
  assert.equal(lines.length, 2);
  for (const line of lines) {
    const [, label = ''] = /^ +\w+ ?\w*\["([^"]*)"\](?::::cyclic)?$/.exec(line) ?? assert.fail(line);
    assert.doesNotMatch(label.replaceAll('<br/>', ''), /[<>"`&\u0000-\u001f\u202e]/);
    assert.match(label, /#34;#62;#60;script#62;/);
  }
});

test('a Mermaid label holds nothing that Mermaid reads for anything but letters', () => {
  // Each was drawn as something else: `style …:` loses a semicolon, the others are TeX, Markdown, an icon and a directive.
  for (const name of [
    'style:#x;y',
    '$$x$$',
    '**x**',
    'fa:fa-car',
    '%%{init: {}}%%',
    'a\\nb',
    '@{ shape: x }',
    '\u{1f600}',
  ]) {
    const [, label = ''] =
      /n0\["Kustomization<br\/>flux-system\/([^"]*)"\]/.exec(
        mermaidOf(createModel([node('a', undefined, name)], [])),
      ) ?? [];
    assert.match(label, /^(?:[\w ./-]|#\d+;)+$/);
    const read = label.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    assert.equal(read, name);
  }
});

test('a name that is markup is text in an SVG file', () => {
  const states: States = new Map([['a', { phase: 'failed', text: hostileName }]]);
  const text = svgOf(hostile, states, hostileName);
  assert.doesNotMatch(text, /<script/);
  assert.doesNotMatch(text, /[\u0000-\u0008\u202e]/);
  assert.match(text, /&lt;script&gt;/);
  // A file has no use for what only a page has, addresses among it.
  assert.doesNotMatch(text, /(?:data-\w+|role|tabindex|aria-\w+)="/);
  const tags = [...text.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) => tag);
  assert.deepEqual([...new Set(tags)].sort(), ['g', 'path', 'rect', 'style', 'svg', 'text', 'title']);
  // Attributes hold neither quotes nor angle brackets of their value.
  for (const [, attributes = ''] of text.matchAll(/<[a-z]+((?: [a-zA-Z-]+="[^"<>]*")*)>/g)) {
    assert.doesNotMatch(attributes, /\son\w+=/);
  }
  assert.doesNotMatch(text.replaceAll(/<\/?[a-z]+(?: [a-zA-Z-]+="[^"<>]*")*>/g, '').replace(/^<\?.*\?>/, ''), /[<>]/);
});

test('a ring is red and has a word, in picture, name and summary', () => {
  const model = graph('apps -> infra', 'infra -> apps', 'sync => apps');
  const text = svgOf(model);
  assert.equal(text.match(/class="node cyclic"/g)?.length, 2);
  const [drawn = '', legend = ''] = text.split('<g class="legend">');
  assert.equal(drawn.match(/class="edge dependsOn cyclic"/g)?.length, 2);
  assert.equal(legend.match(/class="edge dependsOn cyclic"/g)?.length, 1);
  assert.equal(text.match(/>cycle</g)?.length, 2);
  assert.equal(
    describeNode(model, node('apps'), noStates),
    'flux-system/apps Kustomization, cycle of dependencies, depends on 1',
  );
  assert.equal(
    summary(model, select(model, { ...showAll, text: 'sync' })),
    '1 of 3 objects, 0 relations, 1 dependency cycle: flux-system/apps → flux-system/infra → flux-system/apps',
  );
  assert.doesNotMatch(svgOf(graph('apps -> infra')), /cyclic"/);
});

test('a file tells what its lines and marks mean, and only those it has', () => {
  const legendOf = (text: string): string[] =>
    [...(text.split('<g class="legend">')[1] ?? '').matchAll(/<text[^>]*>([^<]*)</g)].map(([, words = '']) => words);
  assert.deepEqual(legendOf(svgOf(graph('apps -> infra'))), ['depends on']);
  const states: States = new Map([
    ['apps', { phase: 'stalled', text: '' }],
    ['not-shown', { phase: 'ready', text: '' }],
  ]);
  const text = svgOf(graph('apps => infra', 'apps ~> git'), states);
  assert.deepEqual(legendOf(text), ['takes its files from', 'applies', 'Stalled']);
  const height = Number(/ height="(\d+)"/.exec(text)?.[1]);
  const [, legend = ''] = text.split(`<g class="legend">`);
  const places = [...legend.matchAll(/translate\(24 (\d+)\)/g)].map(([, y]) => Number(y));
  assert.ok(places.length === 3 && places.every((y) => y + 16 <= height));
});

test('what others name and nothing declares says so wherever it is shown', () => {
  const gone = { ...node('gone'), missing: true as const };
  const model = createModel([node('apps'), gone], [edge('apps -> gone')]);
  assert.match(svgOf(model), /class="node missing"/);
  assert.match(svgOf(model), />Kustomization, not in the repository</);
  assert.match(mermaidOf(model), /\["Kustomization#44; not in the repository<br/);
  assert.equal(describeNode(model, gone, noStates), 'flux-system/gone Kustomization, not in the repository');
});

test('a name that is long or wide is cut, and said whole', () => {
  const name = `${'m'.repeat(30)}-\u540d\u524d${'x'.repeat(40)}`;
  const model = createModel([node('a', 'Kustomization', name)], []);
  const [, drawn = ''] = /class="name"[^>]*>([^<]*)</.exec(svgOf(model)) ?? [];
  const [, width = ''] = /class="box" width="([\d.]+)"/.exec(svgOf(model)) ?? [];
  assert.ok(drawn.endsWith('\u2026') && textWidth(drawn) <= Number(width) - 44, `${drawn} in ${width}`);
  assert.ok(svgOf(model).includes(`<title>flux-system/${name} Kustomization`));
  // Each half of it alone would be as many letters and less wide.
  assert.ok(textWidth('w'.repeat(10)) > 110 && textWidth('\u540d'.repeat(10)) > 120 && textWidth('a'.repeat(10)) < 75);
  for (const [text, room] of [
    ['\u{1f600}\u{1f600}\u{1f600}', 30],
    ['abc', 0],
    ['', 0],
    ['abc', 22],
  ] as const) {
    assert.match(cutText(text, room), /^(?:\u{1f600}|[abc])*\u2026?$/u);
  }
  assert.equal(cutText('abc', 22), 'abc');
});

test('every phase has a word and a shape of its own', () => {
  const marks = phases.map((phase) => phaseMarks[phase]);
  assert.equal(new Set(marks.map(({ shape }) => shape)).size, phases.length);
  assert.equal(new Set(marks.map(({ label }) => label)).size, phases.length);
  // Green says that all is well, and nothing else may look so.
  assert.deepEqual(
    phases.filter((phase) => phaseMarks[phase].colour === 'green'),
    ['ready'],
  );
  const model = graph('apps -> infra');
  const text = svgOf(model, new Map([['apps', { phase: 'behind', text: 'Source is at main@sha1:1.' }]]));
  assert.ok(text.includes(phaseMarks.behind.shape));
  assert.ok(text.includes('Behind its source'));
  assert.ok(text.includes('Source is at main@sha1:1.'));
});
