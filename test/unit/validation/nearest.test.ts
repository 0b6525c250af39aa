import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../../server/model/nearest';

test('nearest names what may have been meant, best first', () => {
  const fields = ['interval', 'internal', 'path', 'prune', 'sourceRef', 'timeout', 'wait'];
  const rows: [string, string[]][] = [
    ['intervall', ['interval', 'internal']],
    ['Path', ['path']],
    ['pruen', ['prune']],
    ['sourceref', ['sourceRef']],
    ['source', []],
    ['timeuot', ['timeout']],
    ['x', []],
    ['', []],
    ['path', []],
  ];
  for (const [word, expected] of rows) assert.deepEqual(nearest(word, fields), expected, word);
});

test('nearest gives no more than asked for, in the order of the candidates when equal', () => {
  assert.deepEqual(nearest('abc', ['abd', 'abe', 'abf', 'abg']), ['abd', 'abe', 'abf']);
  assert.deepEqual(nearest('abc', ['abd', 'abe'], 1), ['abd']);
});
