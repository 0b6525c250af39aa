import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { manifest } from './manifest';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

const lockFiles = ['package-lock.json', 'tools/package/package-lock.json', 'test/editor/package-lock.json'];

for (const file of lockFiles) {
  test(`every optional dependency has an entry in ${file}`, () => {
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Lock;
    const locked = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
    const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    assert.deepEqual(
      [...new Set(named)].filter((name) => !locked.has(name)),
      [],
    );
  });

  test(`${file} names no host`, () => {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /"resolved":/);
  });
}

test('everything is bundled: who installs the npm package installs nothing else', () => {
  assert.deepEqual(Object.keys(manifest.dependencies ?? {}), []);
});

test('the editor API is the oldest that is supported', () => {
  assert.equal(`^${manifest.devDependencies['@types/vscode'] ?? ''}`, manifest.engines['vscode']);
});

test('no bundle holds React, which the control library installs', () => {
  const folder = '.cache/meta';
  assert.ok(existsSync(folder), 'run the build first');
  const metafiles = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.notEqual(metafiles.length, 0);
  for (const name of metafiles) {
    const { inputs } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { inputs: Record<string, unknown> };
    const react = Object.keys(inputs).filter((input) => /node_modules\/react(-dom)?\//.test(input));
    assert.deepEqual(react, [], name);
  }
});

test('the extension itself is small and holds neither the language client nor a parser', () => {
  const { inputs } = JSON.parse(readFileSync('.cache/meta/extension.json', 'utf8')) as {
    inputs: Record<string, unknown>;
  };
  assert.deepEqual(
    Object.keys(inputs).filter((input) => input.includes('node_modules/')),
    [],
  );
});
