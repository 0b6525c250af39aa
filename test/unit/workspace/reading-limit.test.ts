import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse, type Analysis, summarize } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';

const limit = 2000;

const app = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: app, namespace: flux-system }
spec:
  interval: 10m
  path: ./app
  prune: true
  dependsOn: [{ name: platform }]
  sourceRef: { kind: GitRepository, name: flux-system }
`;
const padding = `# ${'x'.repeat(limit)}\n`;
const platform = app
  .replace('name: app', 'name: platform')
  .replace('./app', './platform')
  .replace('  dependsOn: [{ name: platform }]\n', '');
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: small, namespace: default }\n';

const tree = (more: Readonly<Record<string, string>>) =>
  memoryFiles({
    'clusters/one/flux-system/gotk-sync.yaml': '',
    'clusters/one/app.yaml': app,
    'app/kustomization.yaml': 'resources: [config.yaml]\n',
    'app/config.yaml': config,
    'platform/config.yaml': config.replace('small', 'platform'),
    ...more,
  });

const found = (analysis: Analysis): string[] =>
  [...analysis.run().verdict.findings].flatMap(([file, findings]) =>
    findings.flatMap(({ code, severity }) => (severity === 'hint' ? [] : `${file} ${code} ${severity}`)),
  );

test('what a document beyond the limit declares is unknown, not missing', () => {
  const files = tree({ 'clusters/one/platform.yaml': platform + padding });
  assert.deepEqual(found(analyse(files, { readingLimit: limit })), [
    'clusters/one/platform.yaml yaml-too-large information',
  ]);
  assert.deepEqual(found(analyse(files)), []);
  const without = tree({});
  assert.deepEqual(found(analyse(without, { readingLimit: limit })), [
    'clusters/one/app.yaml ref-depends-on-not-found error',
  ]);
});

test('a document at the limit, and the neighbors of one beyond it, are read', () => {
  const exact = `${config}data: { text: "`;
  const text = `${exact}${'x'.repeat(limit - exact.length - 4)}" }\n---\n${platform}---\n${config}${padding}`;
  const files = tree({ 'clusters/one/platform.yaml': text.replace('small', 'other') });
  const analysis = analyse(files, { readingLimit: limit });
  assert.deepEqual(found(analysis), ['clusters/one/platform.yaml yaml-too-large information']);
  const objects = analysis.run().snapshot.clusters[0]?.objectsOf('', 'ConfigMap') ?? [];
  assert.deepEqual(objects.map(({ id }) => id.name).sort(), ['other', 'platform', 'small']);
});

test('a patch beyond the limit may change everything', () => {
  const patched = 'resources: [config.yaml, broken.yaml]\npatches: [{ path: patch.yaml }]\n';
  const patch = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: broken, namespace: default }\ndata: { a: b }\n`;
  const broken = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: broken, namespace: default }\ndata: wrong\n`;
  const files = tree({ 'clusters/one/platform.yaml': platform, 'app/broken.yaml': broken });
  assert.deepEqual(found(analyse(files, { readingLimit: limit })), []);
  files.set('app/kustomization.yaml', patched);
  files.set('app/patch.yaml', patch + padding);
  assert.deepEqual(found(analyse(files, { readingLimit: limit })), ['app/patch.yaml yaml-too-large information']);
});

test('a kustomization beyond the limit builds nothing that could be missed', () => {
  const files = tree({ 'clusters/one/kustomization.yaml': `resources: [app.yaml]\n${padding}` });
  assert.deepEqual(found(analyse(files, { readingLimit: limit })), [
    'clusters/one/kustomization.yaml yaml-too-large information',
  ]);
});

test('the configuration changes the limit of files and of open texts, and takes it back', () => {
  const files = tree({ 'clusters/one/platform.yaml': platform, 'app/config.yaml': config + padding });
  const analysis = analyse(files, { readingLimit: limit });
  analysis.workspace.setText('clusters/one/platform.yaml', platform + padding, 1);
  const large = ['app/config.yaml yaml-too-large information', 'clusters/one/platform.yaml yaml-too-large information'];
  assert.deepEqual(found(analysis).sort(), large);
  files.set('.fluxwright.yaml', `limits: { document: ${2 * limit + 1000} }\n`);
  analysis.workspace.touch(['.fluxwright.yaml']);
  assert.deepEqual(found(analysis), []);
  const afresh = analyse(files, { readingLimit: limit });
  afresh.workspace.setText('clusters/one/platform.yaml', platform + padding, 1);
  assert.deepEqual(summarize(analysis.run()), summarize(afresh.run()));
  // A pass that is dropped half-way loses nothing of it.
  files.delete('.fluxwright.yaml');
  analysis.workspace.touch(['.fluxwright.yaml']);
  const dropped = analysis.workspace.link();
  for (let step = 0; step < 5; step++) dropped.next();
  dropped.return(undefined as never);
  assert.deepEqual(found(analysis).sort(), large);
});

test('a file that no ConfigMap can hold is not taken in', () => {
  const generator = 'resources: [config.yaml]\nconfigMapGenerator: [{ name: large, files: [large.txt] }]\n';
  const files = tree({ 'clusters/one/platform.yaml': platform, 'app/kustomization.yaml': generator });
  files.set('app/large.txt', 'x'.repeat(1024 * 1024));
  assert.deepEqual(found(analyse(files)), []);
  files.set('app/large.txt', 'x'.repeat(1024 * 1024 + 1));
  assert.deepEqual(found(analyse(files)), ['app/kustomization.yaml kustomize-build-fails error']);
});

test('a List with thousands of items is judged item by item', () => {
  const item = (index: number): string =>
    `  - apiVersion: v1\n    kind: ConfigMap\n    metadata: { name: part-${index}, namespace: default }\n`;
  const items = Array.from({ length: 6000 }, (_, index) => item(index));
  const list = `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`;
  const files = tree({ 'clusters/one/platform.yaml': platform, 'app/config.yaml': list });
  const analysis = analyse(files);
  const { snapshot, verdict } = analysis.run();
  const objects = (snapshot.clusters[0]?.objectsOf('', 'ConfigMap') ?? []).filter(({ id }) => id.name !== 'platform');
  assert.equal(objects.length, 6000);
  assert.ok(objects.every(({ resource, id }) => `part-${String(resource?.at[1])}` === id.name));
  assert.deepEqual(verdict.findings, new Map());
});
