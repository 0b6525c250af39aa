import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../../../server/host/code-cache';
import { createNodeCache } from '../../../server/host/node-cache';
import { temporaryFolder } from './temporary-folder';

/** A program that writes down what it was given, and is warm when `warmth` says so. */
function programIn(folder: string, warmth: string): string {
  const file = join(folder, 'program.js');
  writeFileSync(
    file,
    `function twice(n) { return n * 2; }
     require('node:fs').writeFileSync(__dirname + '/said', [twice(21), __filename, typeof module].join());
     exports.warm = ${warmth};`,
  );
  return file;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a program runs as required, and its bytecode is kept once it is warm', async (context) => {
  const folder = temporaryFolder(context);
  const file = programIn(folder, 'Promise.resolve(true)');
  const kept = join(folder, 'cache');
  const cache = createNodeCache(kept);
  assert.equal(runProgram(file, 'check', cache), 'compiled');
  assert.equal(readFileSync(join(folder, 'said'), 'utf8'), `42,${file},object`);
  await settled();
  assert.equal(runProgram(file, 'check', cache), 'kept');
  assert.equal(runProgram(file, 'build', cache), 'compiled', 'another use has code of its own');
  assert.equal(statSync(kept).mode & 0o077, 0);
});

test('nothing is kept of a run that was not warm', async (context) => {
  const folder = temporaryFolder(context);
  const cache = createNodeCache(join(folder, 'cache'));
  for (const warmth of ['Promise.resolve(false)', 'undefined']) {
    const file = programIn(folder, warmth);
    runProgram(file, 'check', cache);
    await settled();
    assert.equal(runProgram(file, 'check', cache), 'compiled', warmth);
  }
});

test('a changed program is compiled again', async (context) => {
  const folder = temporaryFolder(context);
  const file = programIn(folder, 'Promise.resolve(true)');
  const cache = createNodeCache(join(folder, 'cache'));
  runProgram(file, 'check', cache);
  await settled();
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n// changed`);
  assert.equal(runProgram(file, 'check', cache), 'compiled');
});

test('damaged bytecode is passed over and replaced', async (context) => {
  const folder = temporaryFolder(context);
  const file = programIn(folder, 'Promise.resolve(true)');
  let kept: Uint8Array = new TextEncoder().encode('no bytecode at all');
  const cache = { get: () => kept, set: (_: string, value: Uint8Array) => void (kept = value) };
  assert.equal(runProgram(file, 'check', cache), 'compiled');
  assert.equal(readFileSync(join(folder, 'said'), 'utf8'), `42,${file},object`);
  await settled();
  assert.ok(kept.byteLength > 100);
});

// Windows has no POSIX owners and modes; it protects the user's folders itself.
const skip = process.platform === 'win32' && 'no POSIX modes on Windows';

test('an entry that others may have written is not there', { skip }, (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'cache'));
  const cache = createNodeCache(join(folder, 'cache'));
  cache.set('a key', new Uint8Array([1, 2]));
  assert.deepEqual([...(cache.get('a key') ?? [])], [1, 2]);
  for (const name of readdirSync(join(folder, 'cache'))) chmodSync(join(folder, 'cache', name), 0o666);
  assert.equal(cache.get('a key'), undefined);
});
