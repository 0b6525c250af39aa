import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createNodeFiles } from '../../../server/host/node-files';
import { type Files } from '../../../server/model/ports';
import { analyse } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';

const kustomization = (name: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\n` +
  `spec: {interval: 10m, path: ./${name}, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n`;

const config = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: default}\n`;

/** Beside each broken folder an object of it, and a folder that is in order. */
function repository(files: Readonly<Record<string, string>>): Map<string, string> {
  const all = new Map([...Object.entries(files), ['clusters/one/flux-system/gotk-sync.yaml', ''] as const]);
  const folders = new Set(['good', ...Object.keys(files).map((path) => path.slice(0, path.indexOf('/')))]);
  for (const folder of folders) {
    all.set(`clusters/one/${folder}.yaml`, kustomization(folder));
    all.set(`${folder}/config.yaml`, config(folder));
    if (!all.has(`${folder}/kustomization.yaml`)) all.set(`${folder}/kustomization.yaml`, 'resources: [config.yaml]\n');
  }
  return all;
}

function run(files: Files) {
  const { snapshot, verdict } = analyse(files).run();
  const found = [...verdict.findings].flatMap(([file, findings]) =>
    findings.map(({ code, message }) => [file, code, message.split(/[.:] /)[0]]),
  );
  const objects = snapshot.clusters[0]?.objectsOf('', 'ConfigMap').map(({ id }) => id.name) ?? [];
  return { found, objects: new Set(objects) };
}

/** One finding, and everything else is rendered. */
function check(files: Files, expected: readonly [file: string, code: string], rendered: readonly string[]): void {
  const { found, objects } = run(files);
  assert.deepEqual(
    found.map(([file, code]) => [file, code]),
    [expected],
    JSON.stringify(found),
  );
  for (const name of rendered) assert.ok(objects.has(name), `${name} is not rendered`);
}

test('a base that leads back to its overlay', () => {
  const files = repository({
    'cycle/kustomization.yaml': 'resources: [config.yaml, base]\n',
    'cycle/base/kustomization.yaml': 'resources: [..]\n',
  });
  check(memoryFiles(files), ['cycle/base/kustomization.yaml', 'kustomize-build-fails'], ['cycle', 'good']);
});

test('a file that is not there', () => {
  const files = repository({ 'lost/kustomization.yaml': 'resources: [config.yaml, gone.yaml]\n' });
  check(memoryFiles(files), ['lost/kustomization.yaml', 'kustomize-resource-missing'], ['lost', 'good']);
});

test('a base outside the repository', () => {
  const files = repository({ 'out/kustomization.yaml': 'resources: [config.yaml, ../../elsewhere]\n' });
  check(memoryFiles(files), ['out/kustomization.yaml', 'kustomize-build-fails'], ['out', 'good']);
});

test('a folder with two kustomization files', () => {
  const files = repository({ 'two/kustomization.yml': 'resources: [config.yaml]\n' });
  check(memoryFiles(files), ['two/kustomization.yml', 'kustomize-build-fails'], ['good']);
});

test('kustomizations a thousand deep in each other', () => {
  const deep: Record<string, string> = { 'deep/kustomization.yaml': 'resources: [config.yaml, d]\n' };
  let folder = 'deep';
  for (let depth = 0; depth < 1000; depth++) {
    folder += '/d';
    deep[`${folder}/kustomization.yaml`] = depth < 999 ? 'resources: [d]\n' : 'namePrefix: x-\n';
  }
  const { found, objects } = run(memoryFiles(repository(deep)));
  assert.deepEqual(
    found.map(([, code]) => code),
    ['kustomize-build-fails'],
  );
  assert.ok(objects.has('deep') && objects.has('good'));
});

test('a generator that takes in 50 MB', () => {
  const generator = 'resources: [config.yaml]\nconfigMapGenerator:\n  - name: big\n    files: [big.bin]\n';
  const files = memoryFiles(repository({ 'large/kustomization.yaml': generator, 'large/big.bin': '' }));
  files.setResult('large/big.bin', { kind: 'too-large', bytes: 50 * 1024 * 1024 });
  check(files, ['large/kustomization.yaml', 'kustomize-build-fails'], ['large', 'good']);
});

test('links that lead to each other', () => {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-'));
  try {
    for (const [path, text] of repository({ 'link/kustomization.yaml': 'resources: [config.yaml, loop]\n' })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    symlinkSync('other', join(root, 'link', 'loop'));
    symlinkSync('loop', join(root, 'link', 'other'));
    // One more that leads to the folder it lies in.
    symlinkSync('.', join(root, 'good', 'self'));
    check(createNodeFiles(root), ['link/kustomization.yaml', 'kustomize-resource-missing'], ['link', 'good']);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
