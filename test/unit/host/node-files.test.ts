import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createNodeFiles } from '../../../server/host/node-files';
import { temporaryFolder } from './temporary-folder';

const onWindows = process.platform === 'win32' ? 'links and modes are different on Windows' : false;

describe('walking', () => {
  test('every file but those of .git, whole paths sorted', (context) => {
    const names = [
      'a/x.yaml',
      'a-b/x.yaml',
      'a.yaml',
      'b/.hidden',
      'b/c/d.yaml',
      'node_modules/m.yaml',
      'é ü/%41+.yaml',
    ];
    const root = temporaryFolder(context, Object.fromEntries([...names, '.git/config', 'b/.git'].map((n) => [n, ''])));
    const files = createNodeFiles(root);
    assert.deepEqual([...files.walk('')], [...names].sort());
    assert.deepEqual([...files.walk('b')], ['b/.hidden', 'b/c/d.yaml']);
    assert.deepEqual([...files.walk('missing')], []);
    assert.deepEqual([...files.walk('.git')], []);
    assert.deepEqual(files.list('b'), [
      { name: '.hidden', kind: 'file' },
      { name: 'c', kind: 'directory' },
    ]);
    assert.deepEqual(files.list('missing'), []);
  });

  test('links inside the root are followed, those that lead back or out are not', { skip: onWindows }, (context) => {
    const outside = temporaryFolder(context, { 'secret.yaml': 'kind: Secret' });
    const root = temporaryFolder(context, { 'base/a.yaml': 'a', 'apps/b.yaml': 'b', '.git/config': 'c' });
    const link = (to: string, at: string): void => symlinkSync(to, join(root, at));
    link('../base', 'apps/base');
    link('../base/a.yaml', 'apps/file.yaml');
    link('..', 'apps/up');
    link('.', 'base/self');
    link(outside, 'apps/out');
    link(join(outside, 'secret.yaml'), 'apps/out.yaml');
    link('nowhere', 'apps/dangling');
    link('loop-b', 'loop-a');
    link('loop-a', 'loop-b');
    link('.git', 'git');
    link('.git/config', 'config.yaml');
    const files = createNodeFiles(root);
    const seen = ['apps/b.yaml', 'apps/base/a.yaml', 'apps/file.yaml', 'base/a.yaml'];
    assert.deepEqual([...files.walk('')], seen);
    for (const path of seen) assert.equal(files.stat(path), 'file', path);
    assert.equal(files.stat('apps/base'), 'directory');
    assert.deepEqual(files.read('apps/file.yaml'), { kind: 'text', text: 'a' });
    assert.deepEqual(files.read('apps/base/a.yaml'), { kind: 'text', text: 'a' });
    const refused = [
      'apps/out',
      'apps/out.yaml',
      'apps/out/secret.yaml',
      'apps/dangling',
      'loop-a',
      'git',
      'git/config',
    ];
    for (const path of [...refused, 'config.yaml', '.git/config', '../x', 'apps/../base/a.yaml', 'a\0b']) {
      assert.equal(files.stat(path), 'missing', path);
      assert.deepEqual(files.read(path), { kind: 'missing' }, path);
      assert.equal(files.stamp(path), undefined, path);
    }
  });

  test('links that multiply end', { skip: onWindows }, (context) => {
    const root = temporaryFolder(context);
    for (let level = 0; level < 24; level++) {
      mkdirSync(join(root, `d${level}`));
      for (const name of ['l', 'r']) symlinkSync(`../d${level + 1}`, join(root, `d${level}`, name));
    }
    mkdirSync(join(root, 'd24'));
    writeFileSync(join(root, 'd24', 'x.yaml'), '');
    assert.ok([...createNodeFiles(root).walk('')].length <= 20_001);
  });

  test('a root reached through a link', { skip: onWindows }, (context) => {
    const real = temporaryFolder(context, { 'a.yaml': 'a' });
    const elsewhere = temporaryFolder(context);
    symlinkSync(real, join(elsewhere, 'root'));
    const files = createNodeFiles(join(elsewhere, 'root'));
    assert.deepEqual([...files.walk('')], ['a.yaml']);
    assert.deepEqual(files.read('a.yaml'), { kind: 'text', text: 'a' });
  });

  test('a named pipe does not exist and stops nothing', { skip: onWindows }, (context) => {
    const root = temporaryFolder(context, { 'a.yaml': '' });
    assert.equal(spawnSync('mkfifo', [join(root, 'pipe.yaml')]).status, 0);
    const files = createNodeFiles(root);
    assert.deepEqual([...files.walk('')], ['a.yaml']);
    assert.equal(files.stat('pipe.yaml'), 'missing');
    // Whatever it answers, it must not wait for a writer.
    assert.notEqual(files.read('pipe.yaml').kind, 'unreadable');
  });

  test('a folder that may not be listed is empty', { skip: onWindows || process.getuid?.() === 0 }, (context) => {
    const root = temporaryFolder(context, { 'closed/a.yaml': '', 'b.yaml': '' });
    chmodSync(join(root, 'closed'), 0);
    context.after(() => chmodSync(join(root, 'closed'), 0o700));
    const files = createNodeFiles(root);
    assert.deepEqual([...files.walk('')], ['b.yaml']);
    assert.equal(files.stat('closed/a.yaml'), 'missing');
  });
});

describe('reading', () => {
  const invalid = (...bytes: number[]): Uint8Array => Buffer.from(bytes);
  const cases: readonly (readonly [string, string | Uint8Array, object])[] = [
    ['empty', '', { kind: 'text', text: '' }],
    ['byte order mark', '\ufeffa: 1\n', { kind: 'text', text: '\ufeffa: 1\n' }],
    ['CRLF, no final newline', 'a: 1\r\nb: 2', { kind: 'text', text: 'a: 1\r\nb: 2' }],
    ['NUL', 'a: \0', { kind: 'text', text: 'a: \0' }],
    ['a written replacement character', 'a: \ufffd', { kind: 'text', text: 'a: \ufffd' }],
    ['Latin-1', invalid(0x61, 0xe9, 0x62), { kind: 'invalid-utf8', text: 'a\ufffdb', offset: 1 }],
    ['at the start', invalid(0xff, 0xfe), { kind: 'invalid-utf8', text: '\ufffd\ufffd', offset: 0 }],
    ['cut short', invalid(0x61, 0xe2, 0x82), { kind: 'invalid-utf8', text: 'a\ufffd', offset: 1 }],
    [
      'after two written replacement characters',
      Buffer.concat([Buffer.from('\ufffd.\ufffd'), invalid(0xff)]),
      { kind: 'invalid-utf8', text: '\ufffd.\ufffd\ufffd', offset: 3 },
    ],
    [
      'after a written replacement character and an emoji',
      Buffer.concat([Buffer.from('\ufffd😀'), invalid(0xc3, 0x28)]),
      { kind: 'invalid-utf8', text: '\ufffd😀\ufffd(', offset: 3 },
    ],
  ];
  for (const [name, content, expected] of cases) {
    test(name, (context) => {
      const files = createNodeFiles(temporaryFolder(context, { 'a.yaml': content }));
      const bytes = typeof content === 'string' ? undefined : Uint8Array.from(content);
      assert.deepEqual(files.read('a.yaml'), bytes === undefined ? expected : { ...expected, bytes });
    });
  }

  test('sizes around what one read takes', (context) => {
    for (const size of [65_535, 65_536, 65_537, 200_000]) {
      const text = 'é'.repeat(size / 2) + (size % 2 === 1 ? 'x' : '');
      const files = createNodeFiles(temporaryFolder(context, { a: text }));
      assert.deepEqual(files.read('a'), { kind: 'text', text }, String(size));
    }
  });

  test('a file of 100 MB is not read', (context) => {
    const root = temporaryFolder(context, { 'big.yaml': '', 'limit.yaml': '' });
    truncateSync(join(root, 'big.yaml'), 100_000_000);
    truncateSync(join(root, 'limit.yaml'), 10 * 1024 * 1024);
    const files = createNodeFiles(root);
    assert.deepEqual(files.read('big.yaml'), { kind: 'too-large', bytes: 100_000_000 });
    assert.equal(files.read('limit.yaml').kind, 'text');
  });

  test('a file without permission', { skip: onWindows || process.getuid?.() === 0 }, (context) => {
    const root = temporaryFolder(context, { 'a.yaml': 'a' });
    chmodSync(join(root, 'a.yaml'), 0);
    assert.deepEqual(createNodeFiles(root).read('a.yaml'), { kind: 'unreadable', reason: 'permission is denied.' });
  });

  test('a folder and a missing file', (context) => {
    const files = createNodeFiles(temporaryFolder(context, { 'a/b.yaml': '' }));
    assert.equal(files.read('a').kind, 'unreadable');
    assert.deepEqual(files.read('missing.yaml'), { kind: 'missing' });
    assert.deepEqual(files.read('a/b.yaml/c'), { kind: 'missing' });
    assert.equal(files.stat(''), 'directory');
  });

  test('the stamp changes with the content', (context) => {
    const root = temporaryFolder(context, { 'a.yaml': 'one' });
    const files = createNodeFiles(root);
    const before = files.stamp('a.yaml');
    assert.equal(before?.size, 3);
    assert.deepEqual(files.stamp('a.yaml'), before);
    writeFileSync(join(root, 'a.yaml'), 'two');
    utimesSync(join(root, 'a.yaml'), 1, 1);
    assert.notDeepEqual(files.stamp('a.yaml'), before);
    assert.equal(files.stamp('missing'), undefined);
  });
});
