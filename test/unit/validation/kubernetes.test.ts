import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { type JsonData } from '../../../schemas/schema';
import { isObject, stringAt } from '../../../server/model/json';
import { splitApiVersion } from '../../../server/model/resource-id';
import { schemaAt } from '../../../server/validation/describe';
import { fromData } from '../../../server/validation/equality';
import { validateObject } from '../../../server/validation/metadata';
import { generate } from './load-generated';
import { lines } from './read';

const cases = parse(readFileSync('test/unit/validation/kubernetes.yaml', 'utf8')) as (readonly [
  JsonData,
  ...string[],
])[];
const generated = generate();

for (const [data, ...expected] of cases) {
  const object = fromData(data);
  assert.ok(isObject(object));
  const { group, version } = splitApiVersion(stringAt(object, 'apiVersion') ?? '');
  const kind = stringAt(object, 'kind') ?? '';
  test(`kubernetes: ${kind} ${expected.length === 0 ? 'is right' : expected.join(', ')}`, async () => {
    const kubernetes = await generated;
    const found = kubernetes.find(group, version, kind);
    assert.ok(found);
    assert.deepEqual(lines(validateObject(found.schema, object)), expected.sort());
  });
}

test('kubernetes: the generated file keeps its size and its kinds', async () => {
  const kubernetes = await generated;
  assert.ok(kubernetes.text.length < 500_000, `${kubernetes.text.length} bytes`);
  assert.equal(kubernetes.release, '1.36');
  assert.deepEqual(kubernetes.versionsOf('autoscaling', 'HorizontalPodAutoscaler'), ['v1', 'v2']);
  assert.deepEqual(kubernetes.versionsOf('apps', 'Toolbox'), []);
  const scopes = [
    ['', 'v1', 'Namespace', 'Cluster', 'namespaces'],
    ['', 'v1', 'Event', 'Namespaced', 'events'],
    ['events.k8s.io', 'v1', 'Event', 'Namespaced', 'events'],
    ['resource.k8s.io', 'v1', 'ResourceClaim', 'Namespaced', 'resourceclaims'],
    ['networking.k8s.io', 'v1', 'IngressClass', 'Cluster', 'ingressclasses'],
    ['storage.k8s.io', 'v1', 'StorageClass', 'Cluster', 'storageclasses'],
  ] as const;
  for (const [group, version, kind, scope, plural] of scopes) {
    const found = kubernetes.find(group, version, kind);
    assert.deepEqual([found?.scope, found?.plural], [scope, plural], kind);
  }
  assert.equal(kubernetes.find('extensions', 'v1beta1', 'Deployment'), undefined);
});

test('kubernetes: fields are described, by their type where the client keeps no more', async () => {
  const kubernetes = await generated;
  kubernetes.describe();
  const pod = kubernetes.find('', 'v1', 'Pod');
  assert.ok(pod);
  const at = (...path: (string | number)[]) => schemaAt(pod.schema, path)?.description ?? '';
  assert.match(at('spec', 'containers', 0, 'image'), /^Container image name/);
  assert.match(at('spec', 'containers', 0, 'livenessProbe'), /^Probe describes/);
  assert.match(at('metadata', 'name'), /^Name of the object/);
  assert.equal(at('spec', 'containers', 0, 'nothing'), '');
});
