import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readIgnore } from '../../../server/build/source-ignore';

test('ignore patterns leave out what they leave out in Flux', () => {
  const rows = readFileSync(join('test', 'unit', 'flux', 'ignore-patterns.tsv'), 'utf8').split('\n');
  const differences = rows.filter((row) => {
    if (row === '' || row.startsWith('#')) return false;
    const [patterns = '', path = '', expected] = row.split('\t');
    const isLeftOut = readIgnore({
      files: [{ directory: '', text: JSON.parse(patterns) as string }],
      spec: undefined,
      sparse: undefined,
    });
    return String(isLeftOut(path)) !== expected;
  });
  assert.ok(rows.length > 600);
  assert.deepEqual(differences, []);
});

test('deeper files and then the spec have the last word, within their folder', () => {
  const files = [
    { directory: '', text: '*.txt' },
    { directory: 'a', text: '!keep.txt' },
  ];
  const isLeftOut = readIgnore({ files, spec: '/a/b/\n', sparse: undefined });
  assert.deepEqual(['x.txt', 'keep.txt', 'a/keep.txt', 'a/b/keep.txt', 'c/a/keep.txt'].map(isLeftOut), [
    true,
    true,
    false,
    true,
    true,
  ]);
  const isSparse = readIgnore({ files: [], spec: undefined, sparse: ['a'] });
  assert.deepEqual(['top.yaml', 'a/x.yaml', 'b/x.yaml'].map(isSparse), [false, false, true]);
});
