import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFiles } from '../../support/memory-files';

void test('folders exist as long as a file lies below them', () => {
  const files = memoryFiles({ 'a/b/c.yaml': 'x: 1\n', 'a/d.yaml': '', '.git/config': '' });
  assert.deepEqual([...files.walk('')], ['a/b/c.yaml', 'a/d.yaml']);
  assert.deepEqual(files.list('a'), [
    { name: 'b', kind: 'directory' },
    { name: 'd.yaml', kind: 'file' },
  ]);
  assert.equal(files.stat('a/b'), 'directory');
  files.delete('a/b');
  assert.equal(files.stat('a/b'), 'missing');
  assert.deepEqual(files.read('a/b/c.yaml'), { kind: 'missing' });
  assert.equal(files.stamp('a/b/c.yaml'), undefined);
});

void test('a stamp changes with every write and reads are counted', () => {
  const files = memoryFiles(new Map([['a.yaml', 'é']]));
  const before = files.stamp('a.yaml');
  assert.equal(before?.size, 2);
  files.set('a.yaml', 'é');
  assert.notEqual(files.stamp('a.yaml')?.stamp, before.stamp);
  files.read('a.yaml');
  assert.equal(files.counts.read, 1);
  files.resetCounts();
  assert.equal(files.counts.read, 0);
  files.rename('a.yaml', 'b/c.yaml');
  assert.equal(files.text('b/c.yaml'), 'é');
  files.setResult('b/c.yaml', { kind: 'unreadable', reason: 'no permission' });
  assert.equal(files.read('b/c.yaml').kind, 'unreadable');
  assert.equal(files.stat('b/c.yaml'), 'file');
});
