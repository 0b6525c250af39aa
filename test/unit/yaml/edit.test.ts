import assert from 'node:assert/strict';
import test from 'node:test';
import { type Path } from '../../../server/model/json';
import {
  applyEdits,
  insertKey,
  removeEntry,
  renameKey,
  replaceScalar,
  type DocumentEdit,
} from '../../../server/yaml/edit';
import { parseDocument } from '../../../server/yaml/parse';

const toPath = (text: string): Path =>
  text === '' ? [] : text.split('/').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

type Edits = readonly DocumentEdit[] | undefined;

function check(name: string, text: string, edits: Edits, expected: string | undefined): void {
  test(`${name} in ${JSON.stringify(text)}`, () => {
    assert.equal(edits === undefined ? undefined : applyEdits(text, edits), expected);
    if (expected !== undefined) assert.deepEqual(parseDocument(expected).faults, []);
  });
}

const replacements: readonly (readonly [string, string, string, string | undefined])[] = [
  ['a: b # note\n', 'a', 'c', 'a: c # note\n'],
  ['a: 5\n', 'a', '6', 'a: 6\n'],
  ['a: x\n', 'a', '6', 'a: "6"\n'],
  ['a: x\n', 'a', 'yes', 'a: "yes"\n'],
  ['a: x\n', 'a', 'c: d', 'a: "c: d"\n'],
  ["a: 'x'\n", 'a', "it's", "a: 'it''s'\n"],
  ['a: "x"\n', 'a', 'q"\\', 'a: "q\\"\\\\"\n'],
  ['a: x\n', 'a', 'one\ntwo', 'a: "one\\ntwo"\n'],
  ['a: [x, y]\n', 'a/1', 'p,q', 'a: [x, "p,q"]\n'],
  ['a:\r\nb: 1\r\n', 'a', 'x', 'a: x\r\nb: 1\r\n'],
  ['a: &n\nb: *n\n', 'a', 'x', 'a: &n x\nb: *n\n'],
  ['a: &n one # c\nb: *n\n', 'a', 'x', 'a: &n x # c\nb: *n\n'],
  ['a: |\n  one\n  two\nb: 1\n', 'a', 'x\ny\n', 'a: |\n  x\n  y\nb: 1\n'],
  ['a: |\n  one\nb: 1\n', 'a', 'x', 'a: |-\n  x\nb: 1\n'],
  ['a: >- # why\n    one\n', 'a', 'x\n\ny', 'a: |- # why\n    x\n\n    y\n'],
  ['a: |2\n   one\n', 'a', 'x', undefined],
  ['a: *n\n', 'a', 'x', undefined],
  ['a: {}\n', 'a', 'x', undefined],
  ['b: 1\n', 'a', 'x', undefined],
  ['x: &m { k: 1 }\ny: *m\n', 'y/k', '2', undefined],
];
for (const [text, path, newText, expected] of replacements) {
  const edits = replaceScalar(parseDocument(text), toPath(path), newText);
  check(`replaceScalar ${path} by ${JSON.stringify(newText)}`, text, edits, expected);
}

const insertions: readonly (readonly [string, string, string, string, string | undefined])[] = [
  ['', '', 'a', '1', 'a: 1\n'],
  ['---\n', '', 'a', '1', '---\na: 1\n'],
  ['a: 1\n', '', 'b', 'x', 'a: 1\nb: x\n'],
  ['a: 1', '', 'b', 'x', 'a: 1\nb: x'],
  ['a: 1 # c\n# end\n', '', 'b', 'x', 'a: 1 # c\nb: x\n# end\n'],
  ['a: 1\r\n', '', 'b', '- x\n- y', 'a: 1\r\nb:\r\n  - x\r\n  - y\r\n'],
  ['s:\n    a: 1\nk: 2\n', 's', 'b', 'c: 1\nd: 2', 's:\n    a: 1\n    b:\n        c: 1\n        d: 2\nk: 2\n'],
  ['s:\nk: 2\n', 's', 'b', 'x', 's:\n  b: x\nk: 2\n'],
  ['s: # c\nk: 2\n', 's', 'b', 'x', 's: # c\n  b: x\nk: 2\n'],
  ['s: {}\n', 's', 'b', 'x', 's: { b: x }\n'],
  ['s: { a: 1 }\n', 's', 'b', 'x', 's: { a: 1, b: x }\n'],
  ['s: { a: 1 }\n', 's', 'b', '- x', undefined],
  ['l:\n  - a: 1\n  - a: 2\n', 'l/0', 'b', 'x', 'l:\n  - a: 1\n    b: x\n  - a: 2\n'],
  ['a: 1\n', '', 'a', '2', undefined],
  ['a: 1\n', 'a', 'b', '2', undefined],
  ['a: |+\n  x\n\n', '', 'b', '2', undefined],
  ['a: |\n  x', '', 'b', '2', undefined],
  ['a: 1\n', '', 'b', '|\n  x\n  y\n', 'a: 1\nb: |\n  x\n  y\n'],
  ['a: 1\n', '', 'yes', 'x', 'a: 1\n"yes": x\n'],
];
for (const [text, path, key, yaml, expected] of insertions) {
  check(`insertKey ${path}/${key}`, text, insertKey(parseDocument(text), toPath(path), key, yaml), expected);
}

const removals: readonly (readonly [string, string, string | undefined])[] = [
  ['a: 1\nb: 2\nc: 3\n', 'b', 'a: 1\nc: 3\n'],
  ['a: 1\nb: 2', 'b', 'a: 1'],
  ['a: 1\r\nb: 2', 'b', 'a: 1'],
  ['a: |\n  x\nb: 2', 'b', 'a: |\n  x\n'],
  ['a: 1 # c\nb:\n  x: 1\n  y: |\n    t\n\nc: 3\n', 'b', 'a: 1 # c\n\nc: 3\n'],
  ['s:\n  a: 1\nk: 1\n', 's/a', 'k: 1\n'],
  ['l:\n  - a\n  - b\n', 'l/0', 'l:\n  - b\n'],
  ['l:\n  - a\nk: 1\n', 'l/0', 'k: 1\n'],
  ['l:\n  - a: 1\n    b: 2\n', 'l/0/a', 'l:\n  - b: 2\n'],
  ['l:\n  - a: 1\n    b: 2\n', 'l/0/b', 'l:\n  - a: 1\n'],
  ['l:\n  - a: 1\n    # note\n    b: 2\n', 'l/0/a', undefined],
  ['l: [a, b, c]\n', 'l/1', 'l: [a, c]\n'],
  ['l: [a, b, c]\n', 'l/2', 'l: [a, b]\n'],
  ['l: [a]\n', 'l/0', 'l: []\n'],
  ['m: { a: 1, b: 2 }\n', 'm/a', 'm: { b: 2 }\n'],
  ['a: &x 1\nb: *x\n', 'a', undefined],
  ['a: &x 1\nb: *x\n', 'b', 'a: &x 1\n'],
  ['a: 1\n', 'b', undefined],
  ['l:\n  - - a\n    - b\n', 'l/0/0', 'l:\n  - - b\n'],
];
for (const [text, path, expected] of removals) {
  check(`removeEntry ${path}`, text, removeEntry(parseDocument(text), toPath(path)), expected);
}

const renames: readonly (readonly [string, string, string, string | undefined])[] = [
  ['a: 1 # c\n', 'a', 'b', 'b: 1 # c\n'],
  ['"a": 1\n', 'a', 'b', '"b": 1\n'],
  ['a: 1\n', 'a', 'x: y', '"x: y": 1\n'],
  ['a: 1\nb: 2\n', 'a', 'b', undefined],
  ['x: &m { k: 1 }\ny:\n  <<: *m\n', 'y/k', 'j', undefined],
];
for (const [text, path, key, expected] of renames) {
  check(`renameKey ${path} to ${key}`, text, renameKey(parseDocument(text), toPath(path), key), expected);
}
