import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Contexts, type Requests } from '../../client/kube/kube';
import { AskedRights } from '../../client/views/live/rights';
import { kinds } from '../../schemas/kinds';
import { spanHolds } from '../../schemas/release';
import { type ResourceId } from '../../server/model/resource-id';
import { RecordingSink } from '../kube/support/recording-sink';
import { benchContexts } from './support/bench-client';
import { Bench, benchIsMissing, eventually, type RealObject } from './support/bench';

const missing = benchIsMissing();
if (missing !== undefined) console.log(`SKIPPED: the real cluster. ${missing}. Nothing below was proved.`);
const skip = missing === undefined ? false : missing;

const flux = 'toolkit.fluxcd.io';
const ks = (name: string, namespace = 'flux-system'): ResourceId => ({
  group: `kustomize.${flux}`,
  kind: 'Kustomization',
  namespace,
  name,
});

interface Client {
  readonly contexts: Contexts;
  readonly sink: RecordingSink;
}

const as = ['-n', 'team-a', '--as', 'tenant'];

/** `client/kube` with a sink that remembers. */
function client(kubeconfig: string): Client {
  const sink = new RecordingSink();
  return { contexts: benchContexts(kubeconfig, sink), sink };
}

describe('the real API server', { skip }, () => {
  let bench: Bench;
  let admin: Client;
  let requests: Requests;

  before(async () => {
    bench = Bench.start();
    admin = client(bench.kubeconfig);
    const state = await admin.contexts.connect('admin');
    assert.deepEqual(state, { name: 'connected' });
    const found = admin.contexts.requests('admin');
    assert.ok(found);
    requests = found;
    bench.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'compare' } });
  });
  after(() => {
    admin.contexts.dispose();
    bench.stop();
    assert.deepEqual(admin.sink.violations, []);
  });

  const served = kinds.filter(({ group }) => group.endsWith(flux) && group !== `source.extensions.${flux}`);

  test('admin: what is held equals a list by kubectl, for every kind', async () => {
    await eventually('everything live', () => served.every(({ kind }) => admin.sink.state(kind)?.name === 'live'));
    // The root Kustomization makes the others.
    await eventually('the seed', () => admin.sink.held('Kustomization').length > 10, 60);
    for (const { kind, plural, group } of served) {
      await eventually(
        kind,
        async () => admin.sink.held(kind).join() === (await bench.fresh(`${plural}.${group}`)).join(),
      );
    }
    assert.equal(admin.sink.state('ResourceSet')?.name, 'absent');
    assert.equal(admin.sink.held('Deployment').length, 3);
  });

  test('viewer: reads, and is told what it may not', async () => {
    const viewer = client(bench.kubeconfig);
    try {
      assert.deepEqual(await viewer.contexts.connect('viewer'), { name: 'connected' });
      const own = viewer.contexts.requests('viewer');
      assert.ok(own);
      await eventually(
        'Kustomizations',
        () => viewer.sink.held('Kustomization').length === admin.sink.held('Kustomization').length,
      );
      assert.equal((await own.whoAmI()).value, 'viewer');
      assert.equal((await own.mayI({ verb: 'patch', id: ks('ready') })).value, false);
      assert.equal((await own.mayI({ verb: 'get', id: ks('ready') })).value, true);
      const { failure } = await own.suspend(ks('ready'), { by: '', reason: '' });
      assert.equal(failure?.name, 'forbidden');
      assert.match(failure.message, /cannot patch resource "kustomizations"/);
      assert.equal(
        (await own.get({ group: '', kind: 'Secret', namespace: 'flux-system', name: 'sops-age' })).failure?.name,
        'forbidden',
      );
    } finally {
      viewer.contexts.dispose();
    }
  });

  test('tenant: its namespace, where all are forbidden', async () => {
    const tenant = client(bench.kubeconfig);
    try {
      assert.deepEqual(await tenant.contexts.connect('tenant'), { name: 'connected' });
      await eventually('its Kustomization', () => tenant.sink.state('Kustomization', 'team-a')?.name === 'live');
      assert.equal(tenant.sink.state('Kustomization')?.name, 'forbidden');
      assert.ok(tenant.sink.held('Kustomization').every((name) => name.startsWith('team-a/')));
      assert.equal(tenant.sink.held('Kustomization').length, 1);
    } finally {
      tenant.contexts.dispose();
    }
  });

  test('a role that names one object: its buttons are offered, and no other', async () => {
    const { items } = JSON.parse(await bench.kubectl('get', 'kustomizations', '-n', 'team-a', '-o', 'json')) as {
      items: RealObject[];
    };
    const [own] = items.map(({ metadata: { name } }) => name);
    assert.ok(own);
    const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'one-name' };
    const metadata = { name: 'one-name', namespace: 'team-a' };
    const rules = [
      { apiGroups: [`kustomize.${flux}`], resources: ['kustomizations'], resourceNames: [own], verbs: ['patch'] },
    ];
    const subjects = [{ apiGroup: role.apiGroup, kind: 'User', name: 'tenant' }];
    bench.apply({ apiVersion: `${role.apiGroup}/v1`, kind: 'Role', metadata, rules });
    bench.apply({ apiVersion: `${role.apiGroup}/v1`, kind: 'RoleBinding', metadata, roleRef: role, subjects });
    const tenant = client(bench.kubeconfig);
    try {
      await tenant.contexts.connect('tenant');
      const asked = tenant.contexts.requests('tenant');
      assert.ok(asked);
      // The rule reaches the authorizer by a watch of its own.
      await eventually('the role', async () => {
        const names = await bench.kubectl('auth', 'can-i', 'patch', `kustomizations.kustomize.${flux}/${own}`, ...as);
        return names.trim() === 'yes';
      });
      const rights = new AskedRights({
        requests: () => asked,
        isReadOnly: () => false,
        clock: { now: () => Date.now() },
        changed: () => undefined,
      });
      const may = (name: string): boolean => rights.may('tenant', 'patch', ks(name, 'team-a'));
      await eventually('the right to one name', () => may(own));
      assert.equal(may('another'), false);
      assert.equal(rights.may('tenant', 'delete', ks(own, 'team-a')), false);
      const { value } = await asked.namesIMay({ verb: 'patch', id: ks('', 'team-a') });
      assert.deepEqual([[...(value?.names ?? [])], value?.isComplete], [[own], true]);
      assert.equal((await asked.mayI({ verb: 'patch', id: ks('', 'team-a') })).value, false);
      // The server allows what was offered, and refuses the rest.
      assert.equal((await asked.suspend(ks(own, 'team-a'), { by: '', reason: '' })).failure, undefined);
      await asked.resume(ks(own, 'team-a'));
      const { failure } = await asked.suspend(ks('another', 'team-a'), { by: '', reason: '' });
      assert.equal(failure?.name, 'forbidden');
    } finally {
      tenant.contexts.dispose();
    }
  });

  const source = { sourceRef: { kind: 'GitRepository', name: 'no-such' } };
  const specs: readonly (readonly [kind: string, cli: readonly string[], spec: object, reconciles: boolean])[] = [
    ['Kustomization', ['kustomization'], { ...source, interval: '10m', path: './', prune: false }, true],
    ['HelmRelease', ['helmrelease'], { interval: '10m', chart: { spec: { chart: 'x', ...source } } }, true],
    ['GitRepository', ['source', 'git'], { interval: '10m', url: 'http://127.0.0.1:1/x' }, true],
    ['OCIRepository', ['source', 'oci'], { interval: '10m', url: 'oci://127.0.0.1:1/x' }, true],
    ['Bucket', ['source', 'bucket'], { interval: '10m', bucketName: 'x', endpoint: '127.0.0.1:1' }, true],
    ['HelmRepository', ['source', 'helm'], { interval: '10m', url: 'http://127.0.0.1:1/x' }, true],
    ['HelmChart', ['source', 'chart'], { interval: '10m', chart: 'x', ...source }, true],
    ['ImageRepository', ['image', 'repository'], { interval: '10m', image: 'example.invalid/x' }, true],
    [
      'ImagePolicy',
      ['image', 'policy'],
      { imageRepositoryRef: { name: 'x' }, policy: { numerical: { order: 'asc' } } },
      true,
    ],
    [
      'ImageUpdateAutomation',
      ['image', 'update'],
      { interval: '10m', ...source, git: { commit: { author: { email: 'a@b.c' } } } },
      true,
    ],
    ['Alert', ['alert'], { providerRef: { name: 'x' }, eventSources: [{ kind: 'GitRepository', name: '*' }] }, false],
    ['Provider', ['alert-provider'], { type: 'generic', address: 'http://127.0.0.1:1' }, false],
    [
      'Receiver',
      ['receiver'],
      { type: 'generic', secretRef: { name: 'x' }, resources: [{ kind: 'GitRepository', name: 'x' }] },
      true,
    ],
  ];

  for (const [kind, cli, spec, reconciles] of specs) {
    test(`${kind}: what is written equals what the CLI of Flux writes`, async () => {
      const entry = kinds.find((one) => one.kind === kind);
      assert.ok(entry);
      const { group, plural, versions } = entry;
      const resource = `${plural}.${group}`;
      const id: ResourceId = { group, kind, namespace: 'compare', name: 'ours' };
      for (const name of ['ours', 'theirs']) {
        bench.apply({
          apiVersion: `${group}/${versions.find(({ served }) => spanHolds(served, '2.9'))?.name ?? ''}`,
          kind,
          metadata: { name, namespace: 'compare' },
          spec,
        });
      }
      const same = async (step: string): Promise<void> => {
        const [ours, theirs] = [
          await bench.get(resource, 'compare', 'ours'),
          await bench.get(resource, 'compare', 'theirs'),
        ];
        assert.deepEqual(written(ours), written(theirs), `${kind} ${step}`);
      };
      await requests.suspend(id, { by: '', reason: '' });
      await bench.flux('suspend', ...cli, 'theirs', '-n', 'compare');
      await same('suspend');
      assert.equal((await bench.get(resource, 'compare', 'ours')).spec['suspend'], true);
      await requests.resume(id);
      await bench.flux('resume', ...cli, 'theirs', '-n', 'compare');
      await same('resume');
      if (!reconciles) return;
      const isRelease = kind === 'HelmRelease';
      const options = { withSource: false, force: isRelease, reset: isRelease, timeout: 1_500 };
      const { failure } = await requests.reconcile(id, options, () => undefined);
      assert.ok(failure === undefined || failure.name === 'timed-out', failure?.message);
      await bench.flux('reconcile', ...cli, 'theirs', '-n', 'compare', ...(isRelease ? ['--force', '--reset'] : []));
      await same('reconcile');
      const { annotations = {} } = (await bench.get(resource, 'compare', 'ours')).metadata;
      assert.match(annotations['reconcile.fluxcd.io/requestedAt'] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
      if (isRelease) assert.equal(new Set(Object.values(annotations)).size, 1);
    });
  }

  test('reconcile with source: the controllers do it, and the watch brings it back', async () => {
    const steps: string[] = [];
    const options = { withSource: true, force: false, reset: false, timeout: 60_000 };
    const { value, failure } = await requests.reconcile(ks('ready'), options, ({ id, name }) =>
      steps.push(`${id.kind} ${name}`),
    );
    assert.equal(failure, undefined);
    assert.equal(value.name, 'ready');
    assert.deepEqual(
      steps.filter((step) => !step.endsWith('waiting')),
      [
        'GitRepository pending',
        'Kustomization pending',
        'GitRepository requested',
        'GitRepository ready',
        'Kustomization requested',
        'Kustomization ready',
      ],
    );
  });

  test('a suspended Kustomization stays so when its parent reconciles, and says who and why', async () => {
    await requests.suspend(ks('dependent-ready'), { by: 'me', reason: 'a test' });
    const options = { withSource: false, force: false, reset: false, timeout: 60_000 };
    assert.equal((await requests.reconcile(ks('flux-system'), options, () => undefined)).value?.name, 'ready');
    const object = await bench.get('kustomizations', 'flux-system', 'dependent-ready');
    assert.equal(object.spec['suspend'], true);
    assert.equal(object.metadata.annotations?.['fluxcd.controlplane.io/suspendedBy'], 'me');
    await requests.resume(ks('dependent-ready'));
    const resumed = await bench.get('kustomizations', 'flux-system', 'dependent-ready');
    assert.equal(resumed.spec['suspend'], undefined);
    assert.equal(resumed.metadata.annotations?.['fluxcd.controlplane.io/suspendedBy'], undefined);
    assert.match(
      (await requests.reconcile(ks('suspended'), options, () => undefined)).failure?.message ?? '',
      /is suspended/,
    );
  });

  test('events, a dry run, a Secret without values, and a deletion of exactly one object', async () => {
    const events = await requests.events(ks('bad-build'));
    assert.ok(events.value?.some(({ reason, type }) => reason === 'BuildFailed' && type === 'Warning'));
    const id: ResourceId = { group: '', kind: 'ConfigMap', namespace: 'compare', name: 'one' };
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'one', namespace: 'compare' },
      data: { a: '1' },
    };
    bench.apply(map);
    const dry = await requests.dryRun({ ...map, data: { a: '2' } }, id, 'seed');
    assert.deepEqual(dry.value?.['data'], { a: '2' });
    const { metadata } = await bench.get('configmap', 'compare', 'one');
    assert.equal((await requests.delete(id, { propagation: 'Background', uid: 'another' })).failure?.name, 'conflict');
    assert.equal((await requests.delete(id, { propagation: 'Background', uid: metadata.uid })).failure, undefined);
    assert.equal((await requests.get(id)).failure?.name, 'absent');
    const secret = await requests.get({ group: '', kind: 'Secret', namespace: 'flux-system', name: 'private-git' });
    assert.doesNotMatch(JSON.stringify(secret.value), /"data"|YmVuY2g/);
  });
});

/** What a client of the field manager `flux` has written, without what differs by name and time. */
function written({ metadata, spec }: RealObject): object {
  const tokens = Object.keys(metadata.annotations ?? {});
  const managed = (metadata.managedFields ?? [])
    .filter(({ subresource }) => subresource === undefined)
    .map(({ manager, operation, fieldsV1 }) => ({ manager, operation, fieldsV1 }))
    .filter(({ manager }) => manager === 'flux' || manager === 'seed');
  return { spec, annotations: tokens.sort(), managed };
}
