import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClusterScoped } from '../../../../server/build/kustomize/tables/cluster-scoped-kinds';
import { defaultFieldSpecs } from '../../../../server/build/kustomize/tables/field-specs';
import { knownKinds, mergeShapeOf } from '../../../../server/build/kustomize/tables/merge-keys';

// The rows themselves are tried against kustomize in the long tier (test/long/kustomize/tables.test.ts).
test('the tables have the rows of kustomize 5.8.1', () => {
  const counts = Object.entries(defaultFieldSpecs).map(([table, rows]) => [table, rows.length]);
  assert.deepEqual(Object.fromEntries(counts), {
    namePrefix: 1,
    nameSuffix: 1,
    namespace: 3,
    labels: 0,
    templateLabels: 10,
    commonLabels: 32,
    commonAnnotations: 9,
    images: 6,
    replicas: 4,
  });
  assert.equal(new Set(knownKinds()).size, 90);
});

test('kinds of other versions are not known', () => {
  assert.equal(mergeShapeOf('autoscaling/v2', 'HorizontalPodAutoscaler'), undefined);
  assert.deepEqual(mergeShapeOf('v1', 'Service')?.get('spec')?.shape?.get('ports')?.keys, ['port', 'protocol']);
  assert.equal(isClusterScoped({ group: '', version: 'v1', kind: 'Node' }), true);
  assert.equal(isClusterScoped({ group: '', version: 'v2', kind: 'Node' }), false);
});
