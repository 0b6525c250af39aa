import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { test } from 'node:test';
import { manifest, texts } from './manifest';

const { contributes } = manifest;

/** Loads modules of the client outside an editor: nothing of `vscode` is used before a command runs. */
async function registeredCommands(): Promise<readonly string[]> {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  loader._load = (request, ...rest) => (request === 'vscode' ? {} : load.call(loader, request, ...rest));
  try {
    const { commands } = await import('../../../client/commands');
    return commands.map(({ id }) => id);
  } finally {
    loader._load = load;
  }
}

test('every command of the manifest is registered, and every registered one is in the manifest', async () => {
  const inManifest = contributes.commands.map(({ command }) => command);
  assert.deepEqual([...(await registeredCommands())].sort(), inManifest.sort());
});

test('commands stand in category Flux under a title in title case', () => {
  const small = new Set([
    'a',
    'an',
    'and',
    'as',
    'at',
    'by',
    'for',
    'from',
    'in',
    'of',
    'on',
    'or',
    'the',
    'to',
    'with',
  ]);
  for (const { command, title, category } of contributes.commands) {
    assert.equal(category, 'Flux', command);
    const words = (texts[title.slice(1, -1)] ?? '').split(' ');
    assert.notEqual(words[0], '', command);
    for (const [index, word] of words.entries()) {
      const isCapital = /^[A-Z]/.test(word);
      assert.equal(isCapital, !(index > 0 && small.has(word)), `${command}: ${words.join(' ')}`);
    }
  }
});

test('every text of the manifest exists, and every text is used', () => {
  const source = readFileSync('package.json', 'utf8');
  const used = [...source.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
});

test('every setting has a scope and a description', () => {
  for (const { properties } of contributes.configuration) {
    for (const [name, setting] of Object.entries(properties)) {
      assert.match(name, /^fluxwright\./);
      assert.ok(setting.scope, `${name} has no scope`);
      assert.ok(setting.description ?? setting.markdownDescription, `${name} has no description`);
    }
  }
});

test('views are hidden outside GitOps repositories and have an icon', () => {
  for (const view of Object.values(contributes.views).flat()) {
    assert.match(view.when ?? '', /\bfluxwright\.isGitOps\b/, view.id);
    assert.ok(view.icon, view.id);
  }
});

test('menus name commands that exist, and those of rows what the rows can', () => {
  const ids = new Set(contributes.commands.map(({ command }) => command));
  const capabilities = ['reconcile', 'reconcileWithSource', 'suspend', 'resume'];
  for (const { command, when } of Object.values(contributes.menus).flat()) {
    assert.ok(ids.has(command), command);
    const name = capabilities.find((capability) => command === `fluxwright.${capability}`);
    if (name !== undefined) assert.ok(when.includes(`\\b${name}\\b/`), `${command}: ${when}`);
  }
});

test('no setting about contexts can come from a repository', () => {
  for (const name of ['readOnlyContexts', 'productionContexts', 'watchedNamespaces', 'allowDelete']) {
    const setting = contributes.configuration.map(({ properties }) => properties[`fluxwright.${name}`]).find(Boolean);
    assert.equal(setting?.scope, 'machine', name);
  }
});

test('activation is by YAML, by names at the top of a folder, and by a graph left open, only', () => {
  for (const event of manifest.activationEvents) {
    assert.match(event, /^(onLanguage:yaml|onWebviewPanel:fluxwright\.graph|workspaceContains:[^*?]+)$/);
  }
});

test('the problem matcher reads the lines of a check and no others', () => {
  const pattern = new RegExp(contributes.problemMatchers[0]?.pattern.regexp ?? '$.');
  const line = 'clusters/my home/apps.yaml:8:3: error schema-unknown-field Kustomization has no field retryIntervall.';
  const [, file, row, column, severity, code, message] = pattern.exec(line) ?? [];
  assert.deepEqual(
    [file, row, column, severity, code, message],
    [
      'clusters/my home/apps.yaml',
      '8',
      '3',
      'error',
      'schema-unknown-field',
      'Kustomization has no field retryIntervall.',
    ],
  );
  for (const other of ['  8 | retryIntervall: 1m', '  help: replace with retryInterval', '3 errors in 12 files', '']) {
    assert.doesNotMatch(other, pattern);
  }
});
