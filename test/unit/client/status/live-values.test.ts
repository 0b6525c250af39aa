import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { boundedText, firstLine } from '../../../../client/status/live/bounded-text';
import { formatInventoryEntry, parseInventoryEntry } from '../../../../client/status/live/inventory';
import { commitOf, sameRevision, shortRevision } from '../../../../client/status/live/revision';

// cli-utils, pkg/object/objmetadata.go
const entries: readonly (readonly [string, string | undefined])[] = [
  ['apps_web_apps_Deployment', 'apps/Deployment/apps/web'],
  ['apps_config__ConfigMap', '/ConfigMap/apps/config'],
  ['_apps__Namespace', '/Namespace//apps'],
  [
    '_crd-controller-flux-system_rbac.authorization.k8s.io_ClusterRole',
    'rbac.authorization.k8s.io/ClusterRole//crd-controller-flux-system',
  ],
  [
    'kube-system_system__controller__x_rbac.authorization.k8s.io_Role',
    'rbac.authorization.k8s.io/Role/kube-system/system:controller:x',
  ],
  ['apps_a_b_c_Kind', 'c/Kind/apps/a_b'],
  ['', undefined],
  ['___', undefined],
  ['a_b', undefined],
  ['a_b_Kind', undefined],
  ['_a__', undefined],
];

test('entries of inventories', () => {
  for (const [entry, expected] of entries) {
    const id = parseInventoryEntry(entry);
    assert.equal(id && [id.group, id.kind, id.namespace, id.name].join('/'), expected, entry);
  }
});

test('entries are read as they are written', () => {
  const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);
  const id = fc.record(
    {
      group: fc.oneof(fc.constant(''), label),
      kind: fc.stringMatching(/^[A-Z][A-Za-z]{0,8}$/),
      namespace: fc.oneof(fc.constant(''), label),
      name: fc.array(label, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(':')),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(id, (one) => assert.deepEqual(parseInventoryEntry(formatInventoryEntry(one)), one)),
    { seed: 1 },
  );
});

const sha1 = '5394cb7f48332b2de7c17dd8b8384bbc84b7e738';
const sha256 = 'd52bde83c5b2bd0fa7910264e0afc3ac9cfe9b6636ca29c05c09742f01d5a4bd';

test('revisions of all releases', () => {
  // source-controller api/v1, TransformLegacyRevision
  const same: readonly (readonly [string, string])[] = [
    [`main/${sha1}`, `main@sha1:${sha1}`],
    [`feature/branch/${sha1}`, `feature/branch@sha1:${sha1}`],
    [`HEAD/${sha1}`, `sha1:${sha1}`],
    [`tag/${sha256}`, `tag@sha256:${sha256}`],
    [sha256, `sha256:${sha256}`],
    ['6.0.3+1', '6.0.3+1'],
  ];
  for (const [old, now] of same) assert.equal(sameRevision(old, now), true, old);
  const different: readonly (readonly [string, string])[] = [
    [`main@sha1:${sha1}`, `dev@sha1:${sha1}`],
    [`main@sha1:${sha1}`, `main@sha256:${sha256}`],
    ['6.0.3', '6.0.3+1'],
    [`main/${sha1.slice(1)}`, `main@sha1:${sha1.slice(1)}`],
  ];
  for (const [a, b] of different) assert.equal(sameRevision(a, b), false, `${a} ${b}`);
  assert.equal(sameRevision(undefined, 'x'), undefined);
  assert.equal(sameRevision('', ''), undefined);
});

test('revisions as they are shown, and the commits they name', () => {
  const shown: readonly (readonly [string | undefined, string, string | undefined])[] = [
    [`main@sha1:${sha1}`, 'main@5394cb7f', sha1],
    [`main/${sha1}`, 'main@5394cb7f', sha1],
    [`sha1:${sha1}`, '5394cb7f', sha1],
    [`refs/pull/420/merge@sha1:${sha1}`, 'refs/pull/420/merge@5394cb7f', sha1],
    [`latest@sha256:${sha256}`, 'latest@d52bde83', undefined],
    ['6.0.3+1', '6.0.3+1', undefined],
    ['a@b@sha1:12', 'a@b@12', '12'],
    [undefined, '', undefined],
  ];
  for (const [revision, short, commit] of shown) {
    assert.equal(shortRevision(revision), short);
    assert.equal(commitOf(revision), commit);
  }
});

test('texts of the cluster are bounded and cannot pretend', () => {
  assert.equal(boundedText('a\u202eb\u0007c\nd\te'), 'a\ufffdb\ufffdc\nd\te');
  assert.equal(boundedText('x'.repeat(5000)).length, 2001);
  assert.equal(boundedText('😀'.repeat(10), 5), '😀😀…');
  assert.equal(firstLine('  one\ntwo'), 'one');
  assert.equal(firstLine('x'.repeat(500)).length, 121);
});
