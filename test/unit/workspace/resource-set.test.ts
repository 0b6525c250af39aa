import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originOf } from '../../../server/build/build';
import { analyse } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';

const set = (spec: string): string =>
  `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: set, namespace: apps}\nspec:\n${spec}`;

const sync = { 'clusters/one/flux-system/gotk-sync.yaml': '' };

const configMap = `
    - apiVersion: v1
      kind: ConfigMap
      metadata: {name: << inputs.name >>-config}
      data: {replicas: "<< inputs.count >>"}
`;

function applied(files: Readonly<Record<string, string>>) {
  const { snapshot, verdict } = analyse(memoryFiles({ ...sync, ...files })).run();
  const [cluster] = snapshot.clusters;
  assert.ok(cluster !== undefined);
  return { cluster, verdict };
}

const keys = (files: Readonly<Record<string, string>>): string[] =>
  [...applied(files).cluster.objects()].map(({ key }) => key).filter((key) => key.includes('/apps/'));

test('a ResourceSet makes its resources once for each of its inputs, each traced to its template', () => {
  const files = {
    'clusters/one/set.yaml': set(
      `  inputs: [{name: web, count: 2}, {name: api, count: 1}]\n  resources:${configMap}  resourcesTemplate: |\n` +
        '    ---\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: << inputs.name >>, namespace: apps}\n' +
        '    ---\n    apiVersion: v1\n    kind: Namespace\n    metadata: {name: << inputs.name >>}\n',
    ),
  };
  assert.deepEqual(keys(files), [
    'fluxcd.controlplane.io/ResourceSet/apps/set',
    '/ConfigMap/apps/web-config',
    '/Secret/apps/web',
    '/ConfigMap/apps/api-config',
    '/Secret/apps/api',
  ]);
  const { cluster } = applied(files);
  const [object] = cluster.objectsOf('', 'ConfigMap');
  assert.ok(object !== undefined && cluster.objectsOf('', 'Namespace').length === 2);
  assert.deepEqual(originOf(object, ['data', 'replicas']).at(0)?.path, ['spec', 'resources', 0]);
  // Nothing else may come of it.
  const lookup = cluster.find({ group: '', kind: 'ConfigMap', namespace: 'apps', name: 'other' });
  assert.equal(lookup.kind, 'missing');
});

test('inputs of a Static provider are known, those of others are a hole', () => {
  const provider = (type: string): string =>
    `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSetInputProvider\nmetadata: {name: given, namespace: apps}\n` +
    `spec:\n  type: ${type}\n  defaultValues: {name: web, count: 2}\n`;
  const files = (type: string) => ({
    'clusters/one/provider.yaml': provider(type),
    'clusters/one/set.yaml': set(`  inputsFrom: [{name: given}]\n  resources:${configMap}`),
  });
  assert.ok(keys(files('Static')).includes('/ConfigMap/apps/web-config'));
  assert.ok(!keys(files('GitHubPullRequest')).includes('/ConfigMap/apps/web-config'));
  const { cluster } = applied(files('GitHubPullRequest'));
  const lookup = cluster.find({ group: '', kind: 'ConfigMap', namespace: 'apps', name: 'web-config' });
  assert.equal(lookup.kind, 'unknown');
});

test('what is copied from the cluster, switched off or beyond the templates is never wrong', () => {
  const { cluster } = applied({
    'clusters/one/set.yaml': set(
      '  inputs: [{name: web}]\n  resources:\n' +
        '    - {apiVersion: v1, kind: Secret, metadata: {name: copied, annotations: {fluxcd.controlplane.io/copyFrom: a/b}}}\n' +
        '    - {apiVersion: v1, kind: Secret, metadata: {name: off, annotations: {fluxcd.controlplane.io/reconcile: disabled}}}\n' +
        '    - {apiVersion: v1, kind: ConfigMap, metadata: {name: "<< inputs.name | sha256sum >>"}}\n',
    ),
  });
  const find = (kind: string, name: string) => cluster.find({ group: '', kind, namespace: 'apps', name });
  const copied = find('Secret', 'copied');
  assert.deepEqual(copied.kind === 'found' && copied.objects[0]?.unknown, [['data'], ['stringData']]);
  assert.equal(find('Secret', 'off').kind, 'unknown');
  assert.equal(find('ConfigMap', 'anything').kind, 'unknown');
});

test('Flux Kustomizations of a ResourceSet are rendered with the rest', () => {
  const kustomization =
    '\n    - apiVersion: kustomize.toolkit.fluxcd.io/v1\n      kind: Kustomization\n' +
    '      metadata: {name: "<< inputs.name >>", namespace: flux-system}\n' +
    '      spec: {interval: 1m, path: "./apps/<< inputs.name >>", prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n';
  const files = {
    'clusters/one/set.yaml': set(`  inputs: [{name: web}, {name: gone}]\n  resources:${kustomization}`),
    'apps/web/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: apps}\n',
  };
  assert.ok(keys(files).includes('/ConfigMap/apps/web'));
  const findings = [...applied(files).verdict.findings.values()].flat();
  assert.deepEqual(
    findings.map(({ code, file }) => [code, file]),
    [['ks-path-not-found', 'clusters/one/set.yaml']],
  );
});
