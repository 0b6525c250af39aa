import assert from 'node:assert/strict';
import test from 'node:test';
import { isObject, type JsonValue } from '../../../server/model/json';
import { type YamlNode } from '../../../server/yaml/node';
import { finish } from '../../../server/model/steps';
import { openFile, readAhead } from '../../../server/yaml/file';
import { parseDocument, parseInSteps } from '../../../server/yaml/parse';
import { readDocument } from '../../../server/yaml/reader/read-document';
import { valueOf } from '../../../server/yaml/scalar';

function plain(value: JsonValue): unknown {
  if (isObject(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map((item) => plain(item as JsonValue)) : value;
}

function read(text: string, dialect: 'go-yaml-v3' | 'kustomization' = 'go-yaml-v3'): unknown {
  const document = parseDocument(text);
  assert.deepEqual(document.faults, [], text);
  return plain(valueOf(document, document.root, dialect));
}

/** Values as go-yaml v3 gives them, all read without the library. */
const ordinary: readonly (readonly [string, unknown])[] = [
  ['', null],
  ['# only a comment\n', null],
  ['---\n', null],
  ['a:\n', { a: null }],
  ['a:\n- 1\n- 2\nb: 3\n', { a: [1, 2], b: 3 }],
  ['- a: 1\n  b: 2\n-\n- - x\n  - y\n', [{ a: 1, b: 2 }, null, ['x', 'y']]],
  ['a: one\n  two\n\n  three\nb: 1\n', { a: 'one two\nthree', b: 1 }],
  ['a: "one\n  two\\\n  \\  x\n\n  y"\n', { a: 'one two  x\ny' }],
  ['a: "one\ntwo"\n', { a: 'one two' }],
  ["a: 'it''s\n\n  on'\n", { a: "it's\non" }],
  ['a: |\n  x\n   y\n\n\nb: |-\n  x\n\nc: |+\n  x\n\nd: 1\n', { a: 'x\n y\n', b: 'x', c: 'x\n\n', d: 1 }],
  ['a: >\n  x\n  y\n\n  z\n    deep\n  w\n', { a: 'x y\nz\n  deep\nw\n' }],
  ['a: |2\n    x\n', { a: '  x\n' }],
  ['a: |', { a: '' }],
  ['a: |\n  x', { a: 'x' }],
  ['a: |\n  x\n', { a: 'x\n' }],
  ['a: |+\n  x\n\n', { a: 'x\n\n' }],
  ['a: >-\n  x', { a: 'x' }],
  ['a: |\r\n  x\r\n  y\r\nb: 1\r\n', { a: 'x\ny\n', b: 1 }],
  ['a: [1, "b", {c: d, e}, ]\n', { a: [1, 'b', { c: 'd', e: null }] }],
  ['a: {"b":c, d: [\n  x, # note\n  y\n]}\n', { a: { b: 'c', d: ['x', 'y'] } }],
  ['{\n\t"a": [\n\t\t1,\t2\n\t]\n}\n', { a: [1, 2] }],
  ['a: http://x#y # z\n', { a: 'http://x#y' }],
  ['a: &n {x: 1}\nb: *n\n', { a: { x: 1 }, b: { x: 1 } }],
  ['a: &n\n  x: 1\nb:\n  <<: *n\n  y: 2\n', { a: { x: 1 }, b: { x: 1, y: 2 } }],
  ['a: &n name\nb:\n  *n : 1\n', { a: 'name', b: { name: 1 } }],
  ['a: .\nb: =\ny: n\nc: -\u0031\n', { a: '.', b: '=', y: 'n', c: -1 }],
  ['a: !!str 1\nb: !secret x\n', { a: '1', b: 'x' }],
  ['a: 1\n...\n', { a: 1 }],
  ['\ufeffa: 1\nb: 2\n', { a: 1, b: 2 }],
  ['key with blanks: a b\n"q": 1\n', { 'key with blanks': 'a b', q: 1 }],
  ['10: a\n2: b\n', { '2': 'b', '10': 'a' }],
];

for (const [text, expected] of ordinary) {
  test(`value of ${JSON.stringify(text)}`, () => {
    assert.notEqual(readDocument(text).kind, 'declined');
    assert.deepEqual(read(text), expected);
  });
}

/** Left to the library, with the same values as Go. */
const unusual: readonly (readonly [string, unknown])[] = [
  ['? a\n: b\n', { a: 'b' }],
  ['%YAML 1.2\n---\na: 1\n', { a: 1 }],
  ['--- text\n', 'text'],
  ['a: [x: 1]\n', { a: [{ x: 1 }] }],
  ['a:\t1\n', { a: 1 }],
  ['? a\n: |\n  x', { a: 'x' }],
];
for (const [text, expected] of unusual) {
  test(`value of unusual ${JSON.stringify(text)}`, () => {
    assert.equal(readDocument(text).kind, 'declined');
    assert.deepEqual(read(text), expected);
  });
}

test('merge keys: own keys win for objects, the later line wins in a kustomization file', () => {
  const text = 'x: &x {a: 1, b: 1}\nz: &z {a: 3, c: 3}\nm:\n  a: 2\n  <<: [*x, *z]\n  b: 2\n';
  assert.deepEqual((read(text) as { m: unknown }).m, { a: 2, b: 2, c: 3 });
  assert.deepEqual((read(text, 'kustomization') as { m: unknown }).m, { a: 1, b: 2, c: 3 });
});

/** Faults as `code start-end`, the part of the text that is marked, and the place of a first key. */
const faulty: readonly (readonly [string, readonly string[]])[] = [
  ['a: 1\nb: 2\na: 3\n', ['duplicate-key a 10 first 0']],
  ['a: 1\n"a": 3\n', ['duplicate-key "a" 5 first 0']],
  ['m: {x: 1, x: 2}\n', ['duplicate-key x 10 first 4']],
  ['a: *none\n', ['syntax *none 3']],
  ['a: *n\nb: &n 1\n', ['syntax *n 3']],
  ['a: &n\n  b: *n\n', ['alias-limit *n 11']],
  ['a: \u0001\n', ['syntax \u0001 3']],
  ['a: b: c\n', ['syntax b 3']],
  ['a: 1\nbe\nc: 2\n', ['syntax be 5']],
  ['a: 1\na', ['syntax a 5']],
  ['s:\n  na # x\n  b: 1\n', ['syntax na 5']],
  ['l:\n  - a: 1\n    b.c/d\n  - x: 1\n', ['syntax b.c/d 16']],
];
for (const [text, expected] of faulty) {
  test(`faults of ${JSON.stringify(text)}`, () => {
    const found = parseDocument(text).faults.map(({ code, start, end, first }) => {
      const place = first === undefined ? '' : ` first ${first.start}`;
      return `${code} ${text.slice(start, end).trim()} ${start}${place}`;
    });
    assert.deepEqual(found, expected);
  });
}

test('a merge key and a key repeated in many entries are found by go-yaml and by us', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `k${index}: 1\n`).join('');
  assert.equal(parseDocument(`${lines}k3: 2\nk5: 2\n`).faults.length, 2);
  assert.equal(parseDocument('x: &x {a: 1}\ny:\n  <<: *x\n  <<: *x\n').faults.length, 1);
});

test('what could be read of a broken document is there', () => {
  const document = parseDocument('kind: A\nspec:\n  name: [x\nlast: 1\n');
  assert.ok(document.faults.length > 0);
  const { root } = document;
  assert.equal(root?.kind, 'map');
  assert.deepEqual(
    root.entries.slice(0, 2).map(({ key }) => (key.kind === 'scalar' ? key.text : '')),
    ['kind', 'spec'],
  );
});

test('a key without colon hides nothing around it, and the library is not needed', () => {
  const text = 'kind: A\nspec:\n  na\n  path: ./x\n  inte\nlast: 1\n';
  const document = parseDocument(text);
  assert.notEqual(readDocument(text).kind, 'declined');
  assert.deepEqual(plain(valueOf(document, document.root)), {
    kind: 'A',
    spec: { na: null, path: './x', inte: null },
    last: 1,
  });
});

test('faults never share a place, and are few however broken the text is', () => {
  const texts = [
    'a:\n  b: 1\n c: 2\n',
    'a: [1\nb: {\n',
    'a: "x\nb: 1\n',
    '{'.repeat(50),
    '\ta: 1\n\tb: 1\n',
    ']\n'.repeat(90),
  ];
  for (const text of texts) {
    const starts = parseDocument(text).faults.map(({ start }) => start);
    assert.ok(starts.length > 0 && starts.length <= 20, text);
    assert.deepEqual(
      starts,
      [...new Set(starts)].sort((a, b) => a - b),
      text,
    );
  }
});

test('aliases that multiply give one fault and no large value', () => {
  let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
  for (let level = 1; level < 12; level++) {
    text += `a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]\n`;
  }
  const document = parseDocument(text);
  assert.deepEqual(
    document.faults.map(({ code }) => code),
    ['alias-limit'],
  );
  assert.equal(JSON.stringify(plain(valueOf(document, document.root))).length < 2000, true);
});

test('many aliases of one small anchor are no fault', () => {
  const uses = Array.from({ length: 300 }, (_, index) => `k${index}: *a\n`).join('');
  assert.deepEqual(parseDocument(`a: &a {x: 1, y: 2}\n${uses}`).faults, []);
});

for (const text of [
  '['.repeat(5000),
  '{a: '.repeat(5000),
  '- '.repeat(5000),
  '&a ['.repeat(3000),
  `?${' '.repeat(3)}a\n${'['.repeat(9000)}`,
]) {
  test(`nesting of ${text.slice(0, 8)}… gives a fault, not an overflow`, () => {
    assert.ok(parseDocument(text).faults.length > 0);
  });
}

test('offsets mark exactly what is written', () => {
  const text = 'a: &x !!str "q" # c\nb:\n  - |\n    t\n\n  - *x\nc: {d: e}\n';
  const parts: string[] = [];
  const visit = (node: YamlNode | undefined): void => {
    if (node === undefined) return;
    if (node.kind === 'scalar' || node.kind === 'alias') parts.push(text.slice(node.start, node.end));
    else if (node.kind === 'sequence') node.items.forEach(visit);
    else for (const { key, value } of node.entries) [key, value].forEach(visit);
  };
  visit(parseDocument(text).root);
  assert.deepEqual(parts, ['a', '"q"', 'b', '|\n    t', '*x', 'c', 'd', 'e']);
});

test('ordinary documents do not load the library', async () => {
  const { execFileSync } = await import('node:child_process');
  const { build } = await import('esbuild');
  await build({
    stdin: {
      contents: `import { parseDocument } from './server/yaml/parse';
        parseDocument('a: 1\\nb: [x]\\n');
        const before = Object.keys(require.cache).filter((path) => /node_modules.yaml/.test(path)).length;
        parseDocument('? a');
        const after = Object.keys(require.cache).filter((path) => /node_modules.yaml/.test(path)).length;
        console.log(before, after > 0);`,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    outfile: '.cache/test/yaml-lazy.js',
    logLevel: 'warning',
  });
  assert.equal(execFileSync(process.execPath, ['.cache/test/yaml-lazy.js'], { encoding: 'utf8' }).trim(), '0 true');
});

test('with pauses a text is read the same', () => {
  const texts = [...ordinary, ...unusual, ...faulty].map(([text]) => text);
  for (const text of texts) {
    for (const whole of [text, `a:\n  - b:\n${text.replace(/^/gm, '      ')}\n    c: 1\n  -\n`]) {
      assert.deepEqual(finish(parseInSteps(whole, Infinity)), parseDocument(whole), JSON.stringify(whole));
    }
  }
});

test('a long document is read in many short steps, and a step that was done is not done again', () => {
  const text = `a:\n${Array.from({ length: 10_000 }, (_, index) => `  key-${index}: value of some length\n`).join('')}`;
  const [placed] = openFile('a.yaml', text, 1).documents;
  assert.ok(placed);
  const { document } = placed;
  let steps = 0;
  for (const first = readAhead(document); steps < 5; steps++) assert.equal(first.next().done, false);
  for (const again = readAhead(document); again.next().done !== true;) steps++;
  assert.ok(steps > 15 && steps < 40, String(steps));
  assert.deepEqual({ ...parseDocument(text) }, { text, root: document.root, faults: [], anchors: new Map() });
  assert.equal([...readAhead(document)].length, 1, 'what is read needs no more');
});
