import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { manifest } from './manifest';
import { shipped } from './shipped';

/** Files that an entry of `files` stands for: a file, or `*` in the last part of a path. */
function expand(entry: string): string[] {
  if (!entry.includes('*')) return existsSync(entry) ? [entry] : [];
  const folder = dirname(entry);
  const [before = '', after = ''] = entry.slice(folder.length + 1).split('*');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(before) && name.endsWith(after))
    .map((name) => `${folder}/${name}`);
}

test('what ships is exactly what is listed in shipped.ts', () => {
  // Written when packing only; the check of the packed files sees it.
  const notices = 'dist/THIRD_PARTY_NOTICES.txt';
  assert.ok(manifest.files.includes(notices));
  const found = manifest.files.flatMap(expand).filter((file) => file !== notices);
  assert.deepEqual(found.sort(), shipped.filter((file) => file !== notices && file !== 'package.json').sort());
});

test('entry points, bins and the icon ship', () => {
  const files = manifest.files.flatMap(expand);
  for (const path of [manifest.main, manifest.icon, ...Object.values(manifest.bin)]) {
    assert.ok(files.includes(path.replace(/^\.\//, '')), path);
  }
  assert.deepEqual(Object.keys(manifest.bin), ['fluxwright', 'fluxwright-language-server']);
});

test('bins can be run as programs', () => {
  for (const path of Object.values(manifest.bin)) {
    assert.match(readFileSync(path, 'utf8').slice(0, 40), /^#!\/usr\/bin\/env node\n/, path);
  }
});

test('a vscodeignore would make vsce refuse the list of files', () => {
  assert.equal(existsSync('.vscodeignore'), false);
});
