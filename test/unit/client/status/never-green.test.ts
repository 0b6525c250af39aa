import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveKinds } from '../../../../client/status/kinds/index';
import { isGreen, standingOf } from '../../../../client/status/relations/standing';
import { rootCauseOf } from '../../../../client/status/relations/root-cause';
import { StatusStore } from '../../../../client/status/store/status-store';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf, type ShortObject } from '../../../support/live-objects';

const commit = 'a'.repeat(40);
const git = { artifact: { revision: `main@sha1:${commit}` } };
const ready = ['Ready True Succeeded x'];
const now = '2026-01-01T00:00:00Z';
const ref = (kind: string, name = 'x', more: Readonly<Record<string, string>> = {}) => ({ kind, name, ...more });

/** What an object needs to be green, nearest first. */
const chains: Readonly<Record<string, readonly ShortObject[]>> = {
  'Kustomization of Git': [
    {
      ...{ is: 'Kustomization f/x', conditions: ready, inventory: ['w/ConfigMap/a'] },
      spec: { wait: true, interval: '10m', sourceRef: ref('GitRepository') },
      status: { lastAppliedRevision: git.artifact.revision, history: [{ lastReconciled: now }] },
    },
    { is: 'GitRepository f/x', conditions: ready, status: git },
  ],
  'Kustomization of a registry': [
    {
      ...{ is: 'Kustomization f/x', conditions: ready, inventory: ['w/ConfigMap/a'] },
      spec: { wait: true, sourceRef: ref('OCIRepository') },
      status: { lastAppliedRevision: 'latest@sha256:1', lastAppliedOriginRevision: git.artifact.revision },
    },
    {
      ...{ is: 'OCIRepository f/x', conditions: ready },
      status: {
        artifact: {
          revision: 'latest@sha256:1',
          metadata: { 'org.opencontainers.image.revision': git.artifact.revision },
        },
      },
    },
  ],
  'Kustomization of a bucket': [
    {
      ...{ is: 'Kustomization f/x', conditions: ready, inventory: ['w/ConfigMap/a'] },
      spec: { wait: true, sourceRef: ref('Bucket') },
      status: { lastAppliedRevision: 'sha256:1' },
    },
    { is: 'Bucket f/x', conditions: ready, status: { artifact: { revision: 'sha256:1' } } },
  ],
  'Kustomization of a part of two repositories': [
    {
      ...{ is: 'Kustomization f/x', conditions: ready, inventory: ['w/ConfigMap/a'] },
      spec: { wait: true, sourceRef: ref('ExternalArtifact') },
      status: { lastAppliedRevision: 'latest@sha256:1' },
    },
    {
      ...{ is: 'ExternalArtifact f/x', conditions: ready, status: { artifact: { revision: 'latest@sha256:1' } } },
      spec: { sourceRef: ref('ArtifactGenerator', 'x', { apiVersion: 'source.extensions.fluxcd.io/v1beta1' }) },
    },
    {
      ...{ is: 'ArtifactGenerator f/x', conditions: ready, status: { inventory: [{ name: 'x', namespace: 'f' }] } },
      spec: { sources: [ref('GitRepository')] },
    },
    {
      ...{ is: 'GitRepository f/x', conditions: ready, status: git },
      spec: { include: [{ repository: { name: 'y' } }] },
    },
    { is: 'GitRepository f/y', conditions: ready, status: git },
  ],
  'HelmRelease of an index': [
    {
      ...{ is: 'HelmRelease f/x', conditions: ready, inventory: ['w/ConfigMap/a'] },
      spec: { chart: { spec: { chart: 'web', sourceRef: ref('HelmRepository') } } },
      status: { history: [{ status: 'deployed', chartVersion: '1.0.0' }] },
    },
    {
      ...{ is: 'HelmChart f/f-x', conditions: ready, spec: { sourceRef: ref('HelmRepository') } },
      status: { artifact: { revision: '1.0.0' }, observedSourceArtifactRevision: 'sha256:1' },
    },
    { is: 'HelmRepository f/x', conditions: ready, status: { artifact: { revision: 'sha256:1' } } },
  ],
  'HelmRelease of a chart in Git': [
    {
      ...{ is: 'HelmRelease f/x', conditions: ready, inventory: ['w/ConfigMap/a'] },
      spec: { chartRef: ref('HelmChart') },
      status: { history: [{ status: 'deployed', chartVersion: '1.0.0' }] },
    },
    {
      ...{ is: 'HelmChart f/x', conditions: ready, spec: { sourceRef: ref('GitRepository') } },
      status: { artifact: { revision: '1.0.0' }, observedSourceArtifactRevision: git.artifact.revision },
    },
    { is: 'GitRepository f/x', conditions: ready, status: git },
  ],
  'HelmRelease of a registry': [
    {
      ...{
        is: 'HelmRelease f/x',
        conditions: ready,
        inventory: ['w/ConfigMap/a'],
        spec: { chartRef: ref('OCIRepository') },
      },
      status: { history: [{ status: 'deployed', chartVersion: '1.0.0', ociDigest: 'sha256:1' }] },
    },
    { is: 'OCIRepository f/x', conditions: ready, status: { artifact: { revision: '1.0.0@sha256:1' } } },
  ],
  ImagePolicy: [
    { is: 'ImagePolicy f/x', conditions: ready, spec: { imageRepositoryRef: { name: 'x' } } },
    {
      is: 'ImageRepository f/x',
      conditions: ready,
      spec: { interval: '1m' },
      status: { lastScanResult: { scanTime: now } },
    },
  ],
  ImageUpdateAutomation: [
    {
      ...{ is: 'ImageUpdateAutomation f/x', conditions: ready, status: { lastAutomationRunTime: now } },
      spec: { interval: '1m', sourceRef: ref('GitRepository') },
    },
    { is: 'GitRepository f/x', conditions: ready, status: git },
  ],
  ResourceSet: [
    {
      ...{
        is: 'ResourceSet f/x',
        conditions: ready,
        inventory: ['w/ConfigMap/a'],
        status: { history: [{ lastReconciled: now }] },
      },
      spec: {
        wait: true,
        inputsFrom: [{ apiVersion: 'fluxcd.controlplane.io/v1', kind: 'ResourceSetInputProvider', name: 'x' }],
      },
    },
    { is: 'ResourceSetInputProvider f/x', conditions: ready },
  ],
  Receiver: [{ is: 'Receiver f/x', conditions: ready }],
  FluxInstance: [
    {
      is: 'FluxInstance f/x',
      conditions: ready,
      inventory: ['w/ConfigMap/a'],
      status: { history: [{ lastReconciled: now }] },
    },
  ],
  FluxReport: [{ is: 'FluxReport f/x', conditions: ready }],
  Canary: [{ is: 'Canary f/x', generation: '1/', status: { phase: 'Succeeded' } }],
};

function greenOf(objects: readonly ShortObject[], change: (store: StatusStore) => void = () => undefined) {
  const clock = new FakeClock(Date.parse(now));
  const store = new StatusStore(clock);
  feed(store, objects.map(fullObject));
  change(store);
  const id = idOf(objects[0]?.is ?? '');
  const status = store.get(id);
  assert.ok(status);
  const standing = standingOf(store, 'bench', status);
  const cause = rootCauseOf(store, id);
  return { isGreen: isGreen(standing), state: standing.state, root: cause?.root };
}

const capabilityOf = ({ is }: ShortObject) => liveKinds.find(({ kind }) => kind === is.split(' ')[0])?.capabilities;
const suspendedOf = (object: ShortObject): ShortObject | undefined => {
  const group = liveKinds.find(({ kind }) => kind === object.is.split(' ')[0])?.group ?? '';
  switch (capabilityOf(object)?.suspend) {
    case 'spec.suspend':
      return { ...object, spec: { ...object.spec, suspend: true } };
    case 'annotation':
      return { ...object, metadata: { annotations: { [`${group}/reconcile`]: 'disabled' } } };
    default:
      return undefined;
  }
};

/** Every way in which something on the way may be wrong. */
function faultsOf(object: ShortObject): readonly (readonly [string, ShortObject])[] {
  const suspended = suspendedOf(object);
  return [
    ['fails', { ...object, conditions: ['Ready False Failed x'] }],
    ['fails and is retried', { ...object, conditions: [...ready, 'Reconciling True ProgressingWithRetry x'] }],
    ['is stalled', { ...object, conditions: ['Ready False URLInvalid x', 'Stalled True URLInvalid x'] }],
    ...(suspended === undefined ? [] : [['is suspended', suspended] as const]),
  ];
}

for (const [name, chain] of Object.entries(chains)) {
  const [own, ...sources] = chain;
  if (own === undefined) continue;
  test(`green only with nothing against it: ${name}`, () => {
    assert.equal(greenOf(chain).isGreen, true, `as it is: ${greenOf(chain).state}`);
    const never = (what: string, objects: readonly ShortObject[], change?: (store: StatusStore) => void): void => {
      assert.equal(greenOf(objects, change).isGreen, false, what);
    };
    for (const [at, source] of sources.entries()) {
      for (const [what, faulty] of faultsOf(source)) {
        const objects = chain.map((object, index) => (index === at + 1 ? faulty : object));
        never(`${source.is} ${what}`, objects);
        assert.equal(greenOf(objects).root, idOf(source.is), `${source.is} ${what}: the root of it`);
      }
      never(
        `${source.is} is not there`,
        chain.filter((_, index) => index !== at + 1),
      );
    }
    const parent = (more: Partial<ShortObject>): ShortObject => {
      const [kind = '', place = ''] = own.is.split(' ');
      const [namespace = '', object = ''] = place.split('/');
      return {
        is: 'Kustomization f/parent',
        conditions: ready,
        inventory: [`${namespace}/${kind}/${object}`],
        ...more,
      };
    };
    assert.equal(greenOf([...chain, parent({})]).isGreen, true, 'with a parent');
    for (const [what, faulty] of faultsOf(parent({}))) never(`its parent ${what}`, [...chain, faulty]);
    never('its parent waits', [...chain, parent({ conditions: ['Ready False DependencyNotReady x'] })]);
    if (!own.is.startsWith('Canary')) never('its generation lags', [{ ...own, generation: '2/1' }, ...sources]);
    if (own.inventory !== undefined) never('it applied nothing', [{ ...own, inventory: [] }, ...sources]);
    for (const watch of [
      { name: 'disconnected', since: 1, message: 'lost' },
      { name: 'paused', since: 1 },
    ] as const) {
      never(`its watch is ${watch.name}`, chain, (store) => store.setState(scopeOf(own.is.split(' ')[0] ?? ''), watch));
    }
  });
}

test('what is static is never green', () => {
  for (const is of ['Alert f/x', 'Provider f/x']) assert.equal(greenOf([{ is, generation: '1/' }]).state, 'static');
  const repository = { is: 'HelmRepository f/x', generation: '1/', spec: { type: 'oci' } };
  assert.equal(greenOf([repository]).state, 'static');
});

test('a chart of a registry is fetched whether its repository is suspended or not', () => {
  const chart = {
    ...{ is: 'HelmChart f/x', conditions: ready, spec: { sourceRef: ref('HelmRepository') } },
    status: { artifact: { revision: '1.0.0' } },
  };
  const registry = { is: 'HelmRepository f/x', generation: '1/', spec: { type: 'oci', url: 'oci://r', suspend: true } };
  assert.equal(greenOf([chart, registry]).state, 'ready');
});
