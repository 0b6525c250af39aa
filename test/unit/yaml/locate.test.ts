import assert from 'node:assert/strict';
import test from 'node:test';
import { isObject, type Path } from '../../../server/model/json';
import { openFile } from '../../../server/yaml/file';
import { keyNodeAt, nodeAt } from '../../../server/yaml/locate';
import { parseDocument } from '../../../server/yaml/parse';
import { fileRangeOf, offsetAt, positionAt, rangeOf } from '../../../server/yaml/position';
import { valueOf } from '../../../server/yaml/scalar';
import { fromClientUnits, toClientUnits } from '../../../server/yaml/units';

const text =
  'base: &b\n  x: one\n  deep:\n    - p\n    - q: two\nuse: *b\nmerged:\n  <<: *b\n  x: own\nlist: [1, {k: v}]\nnone:\n';
const document = parseDocument(text);

const nodes: readonly (readonly [Path, string | undefined])[] = [
  [['base', 'x'], 'one'],
  [['base', 'deep', 0], 'p'],
  [['base', 'deep', 1, 'q'], 'two'],
  [['use'], '*b'],
  [['use', 'x'], 'one'],
  [['merged', 'x'], 'own'],
  [['merged', 'deep', 1, 'q'], 'two'],
  [['list', 1, 'k'], 'v'],
  [['none'], undefined],
  [['list', 'k'], undefined],
  [['list', 7], undefined],
  [['gone', 'x'], undefined],
];
for (const [path, expected] of nodes) {
  test(`node at ${path.join('/')}`, () => {
    const node = nodeAt(document, path);
    assert.equal(node === undefined ? undefined : text.slice(node.start, node.end), expected);
  });
}

test('key nodes', () => {
  const found = [['none'], ['merged', 'deep'], ['list', 0], ['gone']].map((path) => {
    const key = keyNodeAt(document, path);
    return key === undefined ? undefined : `${text.slice(key.start, key.end)}@${key.start}`;
  });
  assert.deepEqual(found, [`none@${text.indexOf('none')}`, `deep@${text.indexOf('deep')}`, undefined, undefined]);
});

test('of equal keys the last one counts, as in the value', () => {
  const twice = parseDocument('a: 1\nb: 2\na: 3\n');
  const node = nodeAt(twice, ['a']);
  assert.equal(node?.start, 13);
  const value = valueOf(twice, twice.root);
  assert.equal(isObject(value) ? value.get('a') : undefined, 3);
});

test('merging itself ends', () => {
  const cyclic = parseDocument('a: &a\n  <<: *a\n  b: 1\n');
  assert.equal(nodeAt(cyclic, ['a', 'c']), undefined);
  assert.equal(nodeAt(cyclic, ['a', 'b'])?.kind, 'scalar');
});

test('positions and offsets are inverse and clamp', () => {
  const source = { text: 'ab\r\n\ncd' };
  for (const offset of [0, 1, 2, 4, 5, 7]) assert.equal(offsetAt(source, positionAt(source, offset)), offset);
  assert.deepEqual(positionAt(source, 99), { line: 2, character: 2 });
  assert.equal(offsetAt(source, { line: 0, character: 99 }), 2);
  assert.equal(offsetAt(source, { line: 1, character: 99 }), 4);
  assert.equal(offsetAt(source, { line: 99, character: 0 }), 7);
  assert.deepEqual(rangeOf(source, { start: 1, end: 6 }), {
    start: { line: 0, character: 1 },
    end: { line: 2, character: 1 },
  });
});

test('ranges of a later document count lines of the file', () => {
  const placed = openFile('a.yaml', 'a: 1\n---\nb: 2\n', 1).documents[1];
  assert.ok(placed !== undefined);
  assert.deepEqual(fileRangeOf(placed, { start: 4, end: 5 }), {
    start: { line: 2, character: 0 },
    end: { line: 2, character: 1 },
  });
});

test('units of every encoding', () => {
  const line = 'aé日😀b';
  const columns = [0, 1, 2, 3, 5, 6];
  assert.deepEqual(
    columns.map((at) => toClientUnits(line, at, 'utf-8')),
    [0, 1, 3, 6, 10, 11],
  );
  assert.deepEqual(
    columns.map((at) => toClientUnits(line, at, 'utf-32')),
    [0, 1, 2, 3, 4, 5],
  );
  assert.equal(toClientUnits(line, 4, 'utf-8'), 6);
  for (const encoding of ['utf-8', 'utf-16', 'utf-32'] as const) {
    for (const at of columns) assert.equal(fromClientUnits(line, toClientUnits(line, at, encoding), encoding), at);
    assert.equal(fromClientUnits(line, 99, encoding), line.length);
  }
  assert.equal(fromClientUnits(line, 8, 'utf-8'), 3);
});
