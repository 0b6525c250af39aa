import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createNodeCache, userCacheFolder } from '../../../server/host/node-cache';
import { createNodeLog } from '../../../server/host/node-log';
import { redact } from '../../../server/host/redact';
import { rootOfArgument } from '../../../server/host/root';
import { temporaryFolder } from './temporary-folder';

describe('the log', () => {
  test('one line per entry, fields after the message, lower levels dropped', () => {
    const lines: string[] = [];
    const log = createNodeLog('info', (line) => lines.push(line));
    log.write('debug', 'unseen');
    log.write('warn', 'a rule\nfailed', { code: 'ks-path-empty', file: 'a b.yaml', count: 2, again: false });
    assert.deepEqual(lines, ['warn: a rule failed code=ks-path-empty file="a b.yaml" count=2 again=false\n']);
  });

  const texts: readonly (readonly [string, string])[] = [
    ['clone https://me:s3cret@host/x', 'clone https://***@host/x'],
    ['https://ghp@host/x?token=abc&b=1', 'https://***@host/x?token=***&b=1'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer ***'],
    ['AGE-SECRET-KEY-1QQQ', 'AGE-SECRET-KEY-***'],
    ['ghp_abcdefghijklmnop', 'ghp_***'],
    ['https://host/a@b', 'https://host/a@b'],
    ['basic auth is fine', 'basic auth is fine'],
  ];
  for (const [text, expected] of texts) test(text, () => assert.equal(redact(text), expected));
});

describe('the cache', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text);

  test('gives back what it was given, also to the next process', (context) => {
    const folder = join(temporaryFolder(context), 'deep', 'cache');
    createNodeCache(folder).set('../key', bytes('value'));
    const cache = createNodeCache(folder);
    assert.equal(Buffer.from(cache.get('../key') ?? []).toString(), 'value');
    assert.equal(cache.get('other'), undefined);
    assert.equal(readdirSync(folder).length, 1);
  });

  test('forgets what was used longest ago', (context) => {
    const folder = temporaryFolder(context);
    let now = 1_000_000;
    const open = (maxBytes: number) => createNodeCache(folder, { maxBytes, now: () => (now += 10_000) });
    const cache = open(100);
    for (const key of ['a', 'b', 'c']) cache.set(key, bytes('x'.repeat(10)));
    cache.get('a');
    // The first write of a new cache sweeps.
    open(20).set('d', bytes('x'.repeat(10)));
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined),
      ['a', 'd'],
    );
  });

  test('a disk that refuses is a miss', (context) => {
    const folder = temporaryFolder(context, { file: '' });
    const cache = createNodeCache(join(folder, 'file'));
    cache.set('a', bytes('x'));
    assert.equal(cache.get('a'), undefined);
  });

  test('folders of the systems', () => {
    assert.equal(userCacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/h'), '/c/fluxwright');
    assert.equal(userCacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux', '/h'), '/h/.cache/fluxwright');
    assert.equal(userCacheFolder({}, 'darwin', '/h'), '/h/Library/Caches/fluxwright');
    assert.match(userCacheFolder({ LOCALAPPDATA: 'C:\\L' }, 'win32', '/h'), /^C:\\L.fluxwright.Cache$/);
  });
});

describe('the folder of the command line', () => {
  test('as given', (context) => {
    const folder = temporaryFolder(context, { 'a/b.yaml': '', '.git/config': '' });
    writeFileSync(join(folder, 'file'), '');
    assert.deepEqual(rootOfArgument('.', folder), { root: folder });
    assert.deepEqual(rootOfArgument('a', folder), { root: join(folder, 'a') });
    assert.deepEqual(rootOfArgument('no', folder), { fault: 'no does not exist.' });
    assert.deepEqual(rootOfArgument('file', folder), {
      fault: 'file is not a folder. Name the folder that holds it.',
    });
    assert.deepEqual(rootOfArgument('file/x', folder), { fault: 'file/x does not exist.' });
  });
});
