import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formatFloat, parseFloatText } from '../../../client/secrets/values/go-float';
import { readStoreFile } from '../../../client/secrets/stores/read-file';
import { iniTextOf } from '../../../client/secrets/stores/ini-store';
import { textOf, textValue } from '../../../client/secrets/values/plain-value';
import { type TreeMap, type TreeNode } from '../../../client/secrets/values/tree';
import { walk } from '../../../client/secrets/values/walk';
import { itemsAt, stringAt } from '../../../server/model/json';
import { type StoreFormat } from '../../../server/sops/store-format';
import { applyEdits } from '../../../server/yaml/edit';
import { parseDocument } from '../../../server/yaml/parse';
import { valueOf } from '../../../server/yaml/scalar';
import { must } from './keys';

function describe(node: TreeNode): string {
  if (node.kind === 'leaf' || node.kind === 'null') return '';
  const items = node.items.map((item) => {
    if (item.kind === 'comment') return item.text.trim();
    return item.kind === 'entry' ? item.key + describe(item.value) : `-${describe(item)}`;
  });
  return node.kind === 'map' ? `{${items.join(' ')}}` : `[${items.join(' ')}]`;
}

const rootOf = (text: string, format: StoreFormat): TreeMap => {
  const root = must(readStoreFile(text, format)).documents[0]?.root;
  assert.ok(root);
  return root;
};

test('comments of YAML hang where go-yaml hangs them', () => {
  const document = parseDocument(readFileSync('test/unit/secrets/comments.yaml', 'utf8'));
  const cases = itemsAt(valueOf(document, document.root));
  assert.ok(cases.length >= 55);
  for (const one of cases) {
    const text = stringAt(one, 'text') ?? '';
    const { documents } = must(readStoreFile(text, 'yaml'));
    const trees = documents.map(({ root }) => describe(root).slice(1, -1));
    assert.equal(trees.join(' | '), stringAt(one, 'tree'), text);
  }
});

const valuesOf = (text: string, format: StoreFormat): string[] => {
  const values: string[] = [];
  walk(rootOf(text, format), ({ node, steps }) => {
    if (node.kind === 'leaf') values.push(`${steps.join('.')}=${node.value.type} ${textOf(node.value)}`);
    else values.push(`${steps.join('.')}#${node.text}`);
  });
  return values;
};

test('YAML values have the types that go-yaml gives them', () => {
  const text =
    'a: 0x1F\nb: 1e3\nc: 2026-03-01\nd: yes\ne: "1"\nf: ~\ng: .5\nh: !!str 7\ni: !!binary aGk=\nj: True\nk: 1_000\n';
  assert.deepEqual(valuesOf(text, 'yaml'), [
    'a=int 31',
    'b=float 1000',
    'c=time 2026-03-01T00:00:00Z',
    'd=str yes',
    'e=str 1',
    'g=float 0.5',
    'h=str 7',
    'i=str hi',
    'j=bool True',
    'k=int 1000',
  ]);
});

test('JSON numbers are whole within 64 bits, else floating', () => {
  assert.deepEqual(
    valuesOf('{"a": 9223372036854775807, "b": 9223372036854775808, "c": 1.0, "d": -0, "e": "\\ud83d\\udd11"}', 'json'),
    ['a=int 9223372036854775807', 'b=float 9223372036854776000', 'c=float 1', 'd=int 0', 'e=str 🔑'],
  );
});

test('dotenv has no quotes; INI has several kinds, and comments behind their key', () => {
  assert.deepEqual(valuesOf('#c\nA="x"\nB=a\\nb\n\nC==\n', 'dotenv'), ['#c', 'A=str "x"', 'B=str a\nb', 'C=str =']);
  const ini = '; top\n[one]\n# above\na = `x # y` \nb = "q" ; behind\nc: 1\nd = """two\nlines"""\n';
  assert.deepEqual(valuesOf(ini, 'ini'), [
    'one#top',
    'one.a=str x # y',
    'one#above',
    'one.b=str q',
    'one#behind',
    'one.c=str 1',
    'one.d=str two\nlines',
  ]);
  assert.deepEqual(['plain', 'a#b', 'a`b', ' lead', ''].map(iniTextOf), ['plain', '`a#b`', '"""a`b"""', '" lead"', '']);
});

test('writing a value touches its place alone, in every style', () => {
  const text = 'a: | # why\n  one\n  two\nb: "x" # line\nc: {d: !!int 5, e: >-\n  }\nf:\n- !!binary aGk=\n';
  const yaml = 'a: | # why\n  one\n  two\nb: "x" # line\nc: {d: !!int 5}\nf:\n- !!binary aGk=\n';
  assert.ok(!readStoreFile(text, 'yaml').ok);
  const file = must(readStoreFile(yaml, 'yaml'));
  const edits: ReturnType<Parameters<typeof applyEdits>[1]['slice']>[number][] = [];
  for (const { root } of file.documents) {
    walk(root, ({ node }) => {
      if (node.kind === 'leaf') edits.push(...node.write(textValue('ENC[x,y:z]')));
    });
  }
  assert.equal(
    applyEdits(yaml, edits),
    'a: ENC[x,y:z] # why\nb: ENC[x,y:z] # line\nc: {d: "ENC[x,y:z]"}\nf:\n- ENC[x,y:z]\n',
  );
});

test('numbers are printed as Go prints them', () => {
  const printed = [1, 0.1, 1e21, 1.5e-7, -0, 5e-324, 1.7976931348623157e308, Number.NaN, -Infinity].map(formatFloat);
  assert.deepEqual(
    printed.map((text) => (text.length > 40 ? text.length : text)),
    ['1', '0.1', '1000000000000000000000', '0.00000015', '-0', 326, 309, 'NaN', '-Inf'],
  );
  assert.deepEqual(['1e3', '.5', '5.', 'Inf', 'nan', 'x', '1e999', ''].map(parseFloatText), [
    1000,
    0.5,
    5,
    Infinity,
    Number.NaN,
    undefined,
    undefined,
    undefined,
  ]);
});
