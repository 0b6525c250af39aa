import assert from 'node:assert/strict';
import test from 'node:test';
import { documentAt, openFile } from '../../../server/yaml/file';
import { splitDocuments } from '../../../server/yaml/split';

const splits: readonly (readonly [string, readonly string[]])[] = [
  ['', ['']],
  ['a: 1\n', ['a: 1\n']],
  ['a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
  ['---\na: 1\n---\nb: 2', ['---\na: 1\n', '---\nb: 2']],
  ['# head\n---\na: 1\n', ['# head\n---\na: 1\n']],
  ['\ufeff# head\r\n---\r\na: 1\r\n---\r\n', ['\ufeff# head\r\n---\r\na: 1\r\n', '---\r\n']],
  ['%YAML 1.2\n---\na: 1\n', ['%YAML 1.2\n---\na: 1\n']],
  ['a: |\n  x\n--- # note\nb: 1\n', ['a: |\n  x\n', '--- # note\nb: 1\n']],
  ['a: "open\n---\nb: 1\n', ['a: "open\n', '---\nb: 1\n']],
  ['a: 1\n...\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
  ['a: 1\n...\n# tail\n', ['a: 1\n...\n# tail\n']],
  ['a: 1\n...\n---\nb: 2\n', ['a: 1\n...\n', '---\nb: 2\n']],
  ['a: 1\n----\n', ['a: 1\n----\n']],
  ['a:\n ---\n', ['a:\n ---\n']],
  ['---\n---\n', ['---\n', '---\n']],
  ['a: 1\n---\tb\n---x\n', ['a: 1\n', '---\tb\n---x\n']],
];

for (const [text, expected] of splits) {
  test(`split ${JSON.stringify(text)}`, () => {
    const spans = splitDocuments(text);
    assert.deepEqual(
      spans.map(({ start, end }) => text.slice(start, end)),
      expected,
    );
    for (const { start, line } of spans) assert.equal(text.slice(0, start).split('\n').length - 1, line);
  });
}

test('a changed file keeps the identical documents whose text is the same', () => {
  const before = openFile('a.yaml', 'a: 1\n---\nb: 2\n---\nc: 3\n', 1);
  const after = openFile('a.yaml', 'a: 1\n# more\n---\nb: 2\n---\nc: 3\n', 2, before);
  const [first, second, third] = after.documents;
  assert.notEqual(first?.document, before.documents[0]?.document);
  assert.equal(second?.document, before.documents[1]?.document);
  assert.equal(third?.document, before.documents[2]?.document);
  assert.deepEqual([second?.line, second?.offset], [2, 12]);
});

test('documents of equal text in one file stay apart', () => {
  const file = openFile('a.yaml', '---\na: 1\n---\na: 1\n', 1);
  const again = openFile('a.yaml', file.text, 2, file);
  assert.notEqual(file.documents[0]?.document, file.documents[1]?.document);
  assert.deepEqual(
    again.documents.map(({ document }, index) => document === file.documents[index]?.document),
    [true, true],
  );
});

test('a broken document leaves its neighbours whole', () => {
  const { documents } = openFile('a.yaml', 'a: 1\n---\nb: [\n---\nc: "3\n---\nd: 4\n', 1);
  assert.deepEqual(
    documents.map(({ document }) => document.faults.length > 0),
    [false, true, true, false],
  );
});

test('documentAt finds the document at an offset', () => {
  const file = openFile('a.yaml', 'a: 1\n---\nb: 2\n', 1);
  assert.deepEqual(
    [-1, 0, 4, 5, 10, 99].map((offset) => file.documents.indexOf(documentAt(file, offset))),
    [0, 0, 0, 1, 1, 1],
  );
});
