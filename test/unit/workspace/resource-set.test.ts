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
    '/ConfigMap/apps/api-config',
    '/Secret/apps/web',
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

const provider = (name: string, values: string): string =>
  `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSetInputProvider\nmetadata: {name: ${name}, namespace: apps}\n` +
  `spec:\n  type: Static\n  defaultValues: ${values}\n`;

test('permuted inputs are every choice of one from each provider, under its name', () => {
  const files = {
    'clusters/one/a.yaml': provider('Zones.EU', '{zone: west}'),
    'clusters/one/set.yaml': set(
      '  inputStrategy: {name: Permute}\n  inputs: [{app: web}, {app: api}]\n  inputsFrom: [{name: Zones.EU}]\n  resources:\n' +
        '    - apiVersion: v1\n      kind: ConfigMap\n' +
        '      metadata: {name: "<< inputs.set.app >>-<< inputs.zones_eu.zone >>-<< inputs.id >>"}\n',
    ),
  };
  // The ids are those of flux-operator: Adler-32 of set=0/zones_eu=0 and set=1/zones_eu=0.
  assert.deepEqual(keys(files).slice(2), ['/ConfigMap/apps/web-west-837354942', '/ConfigMap/apps/api-west-838141375']);
});

test('steps are resources in an order, each traced to its step', () => {
  const files = {
    'clusters/one/set.yaml': set(
      `  inputs: [{name: web, count: 2}]\n  steps:\n  - name: first\n    resourcesTemplate: |\n` +
        '      apiVersion: v1\n      kind: Secret\n      metadata: {name: << inputs.name >>}\n' +
        `  - name: second\n    resources:${configMap}`,
    ),
  };
  assert.deepEqual(keys(files).slice(1), ['/Secret/apps/web', '/ConfigMap/apps/web-config']);
  const { cluster } = applied(files);
  const [object] = cluster.objectsOf('', 'ConfigMap');
  assert.deepEqual(object && originOf(object, []).at(0)?.path, ['spec', 'steps', 1, 'resources', 0]);
  assert.equal(cluster.find({ group: '', kind: 'Secret', namespace: 'apps', name: 'other' }).kind, 'missing');
});

test('samples from the configuration stand in for inputs that are not known, are marked and never judged', () => {
  const kustomization =
    '\n    - apiVersion: kustomize.toolkit.fluxcd.io/v1\n      kind: Kustomization\n' +
    '      metadata: {name: "pr-<< inputs.id >>", namespace: flux-system}\n' +
    '      spec: {interval: 1m, path: "./<< inputs.path >>", prune: true, sourceRef: {kind: GitRepository, name: flux-system}}\n';
  const files = {
    '.fluxwright.yaml':
      'clusters:\n  - path: clusters/one\n    inputs:\n      apps/set: [{id: "1", path: apps/web}, {id: "2", path: gone}]\n',
    'clusters/one/set.yaml': set(`  inputsFrom: [{selector: {matchLabels: {a: b}}}]\n  resources:${kustomization}`),
    'apps/web/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: apps}\n',
  };
  const { cluster, verdict } = applied(files);
  const samples = [...cluster.objects()].filter(({ isSample }) => isSample === true).map(({ key }) => key);
  const made = (id: string): string => `kustomize.toolkit.fluxcd.io/Kustomization/flux-system/pr-${id}`;
  assert.deepEqual(samples.sort(), ['/ConfigMap/apps/web', made('1'), made('2')]);
  assert.deepEqual([...verdict.findings.values()].flat(), []);
  // The real inputs may make others.
  assert.equal(cluster.find({ group: '', kind: 'ConfigMap', namespace: 'apps', name: 'x' }).kind, 'missing');
  const lookup = cluster.find({
    group: 'kustomize.toolkit.fluxcd.io',
    kind: 'Kustomization',
    namespace: 'a',
    name: 'b',
  });
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
