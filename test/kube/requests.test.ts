import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { type Requests, secretKeys } from '../../client/kube/kube';
import { type ReconcileStep } from '../../client/kube/kube';
import { type ResourceId } from '../../server/model/resource-id';
import { type StoredObject, status } from './support/api-server';
import { turn, until } from './support/manual-clock';
import { kustomization, openScene, type Scene, type WorldOptions } from './support/scene';

const flux = 'toolkit.fluxcd.io';
const id = (kind: string, group: string, name = 'app', namespace = 'apps'): ResourceId => ({
  group,
  kind,
  namespace,
  name,
});
const ks = id('Kustomization', `kustomize.${flux}`);
const hr = id('HelmRelease', `helm.${flux}`);

function stored({ group, kind, namespace, name }: ResourceId, version: string, spec: object): StoredObject {
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata: { name, namespace }, spec };
}

async function open(context: TestContext, options: WorldOptions = {}): Promise<Scene & { requests: Requests }> {
  const scene = await openScene(context, { kinds: 'all', ...options });
  await scene.contexts.connect('test');
  const requests = scene.contexts.requests('test');
  assert.ok(requests);
  return Object.assign(scene, { requests });
}

const patches = ({ server }: Scene): unknown[] =>
  server.seen
    .filter(({ method }) => method === 'PATCH')
    .map(({ path, query, headers, body }) => [
      path.split('/').slice(-2).join('/'),
      headers['content-type'],
      query.toString(),
      JSON.parse(body.replace(/"20[^"]*Z"/g, '"<time>"')) as unknown,
    ]);

const merge = 'application/merge-patch+json';

/** A controller that is done with a request one second later. */
function obey(scene: Scene, ready = 'True', reconciling?: string): void {
  scene.server.controller = (object) => {
    const requested = object.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
    const seen = (object['status'] as { lastHandledReconcileAt?: string } | undefined)?.lastHandledReconcileAt;
    if (requested === undefined || requested === seen) return undefined;
    const conditions = [{ type: 'Ready', status: ready, message: 'applied revision main@sha1:1' }];
    if (reconciling !== undefined)
      conditions.push({ type: 'Reconciling', status: 'True', reason: reconciling } as never);
    return {
      ...object,
      status: { lastHandledReconcileAt: requested, observedGeneration: object.metadata.generation, conditions },
    };
  };
}

async function reconcile(
  scene: Scene & { requests: Requests },
  what: ResourceId,
  more: object = {},
): Promise<string[]> {
  const steps: string[] = [];
  const options = { withSource: false, force: false, reset: false, timeout: 300_000, ...more };
  const show = ({ id: { kind, name }, name: step }: ReconcileStep): void => void steps.push(`${kind}/${name} ${step}`);
  let outcome: string | undefined;
  void scene.requests
    .reconcile(what, options, show)
    .then(({ value, failure }) => (outcome = failure?.message ?? value?.name));
  await scene.clock.advanceUntil(() => outcome !== undefined, 400_000);
  return [...steps, String(outcome)];
}

describe('reconcile', () => {
  test('writes the request as the CLI does and waits until it is handled', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', {}));
    obey(scene);
    assert.deepEqual(await reconcile(scene, ks), [
      'Kustomization/app pending',
      'Kustomization/app requested',
      'Kustomization/app ready',
      'ready',
    ]);
    const annotations = { 'reconcile.fluxcd.io/requestedAt': '<time>' };
    assert.deepEqual(patches(scene), [
      ['kustomizations/app', merge, 'fieldManager=flux', { metadata: { annotations } }],
    ]);
    assert.match(
      scene.server.seen.find(({ method }) => method === 'PATCH')?.body ?? '',
      /"2026-01-01T00:00:\d\d\.\d{9}Z"/,
    );
  });

  test('force and reset carry the token of the request', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(hr, 'v2', {}));
    obey(scene);
    await reconcile(scene, hr, { force: true, reset: true });
    const body = JSON.parse(scene.server.seen.find(({ method }) => method === 'PATCH')?.body ?? '') as StoredObject;
    const tokens = Object.entries(body.metadata.annotations ?? {});
    assert.deepEqual(
      tokens.map(([key]) => key),
      ['requestedAt', 'forceAt', 'resetAt'].map((key) => `reconcile.fluxcd.io/${key}`),
    );
    assert.equal(new Set(tokens.map(([, token]) => token)).size, 1);
  });

  const source = (kind: string, name = 'src', namespace = 'apps'): ResourceId =>
    id(kind, `source.${flux}`, name, namespace);
  const chains: readonly (readonly [
    string,
    ResourceId,
    string,
    object,
    (readonly [ResourceId, object])[],
    string[],
  ])[] = [
    [
      'a Kustomization',
      ks,
      'v1',
      { sourceRef: { kind: 'GitRepository', name: 'src', namespace: 'flux-system' } },
      [[source('GitRepository', 'src', 'flux-system'), {}]],
      ['GitRepository/src', 'Kustomization/app'],
    ],
    [
      'a HelmRelease with a chart template',
      hr,
      'v2',
      { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'src', namespace: 'flux-system' } } } },
      [
        [source('HelmChart', 'apps-app', 'flux-system'), { sourceRef: { kind: 'HelmRepository', name: 'src' } }],
        [source('HelmRepository', 'src', 'flux-system'), {}],
      ],
      ['HelmRepository/src', 'HelmChart/apps-app', 'HelmRelease/app'],
    ],
    [
      'a HelmRelease with chartRef to an OCIRepository',
      hr,
      'v2',
      { chartRef: { kind: 'OCIRepository', name: 'src' } },
      [[source('OCIRepository'), {}]],
      ['OCIRepository/src', 'HelmRelease/app'],
    ],
    [
      'a HelmRelease with chartRef to a HelmChart',
      hr,
      'v2',
      { chartRef: { kind: 'HelmChart', name: 'c' } },
      [
        [source('HelmChart', 'c'), { sourceRef: { kind: 'Bucket', name: 'src' } }],
        [source('Bucket'), {}],
      ],
      ['Bucket/src', 'HelmChart/c', 'HelmRelease/app'],
    ],
  ];
  for (const [name, target, version, spec, sources, order] of chains) {
    test(`${name}, with source: in order, each awaited`, async (context) => {
      const scene = await open(context);
      scene.server.put(stored(target, version, spec));
      for (const [place, content] of sources) scene.server.put(stored(place, 'v1', content));
      obey(scene);
      const steps = await reconcile(scene, target, { withSource: true, force: true });
      assert.deepEqual(
        steps.filter((step) => step.endsWith(' ready')),
        order.map((one) => `${one} ready`),
      );
      assert.deepEqual(
        steps.slice(0, order.length),
        order.map((one) => `${one} pending`),
      );
      const forced = scene.server.seen.filter(({ body }) => body.includes('forceAt')).length;
      assert.equal(forced, 1, 'force is for the object alone');
    });
  }

  test('a HelmRepository of type oci is passed over, as the CLI does', async (context) => {
    const scene = await open(context);
    const repository = source('HelmRepository');
    scene.server.put(stored(hr, 'v2', { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'src' } } } }));
    scene.server.put(
      stored(source('HelmChart', 'apps-app'), 'v1', { sourceRef: { kind: 'HelmRepository', name: 'src' } }),
    );
    scene.server.put(stored(repository, 'v1', { type: 'oci' }));
    obey(scene);
    const steps = await reconcile(scene, hr, { withSource: true });
    assert.ok(steps.includes('HelmRepository/src skipped'));
    assert.equal(steps.at(-1), 'ready');
    assert.match((await reconcile(scene, repository)).join(), /cannot be reconciled: nothing acts on it/);
  });

  test('what is suspended, static or without a source on request is refused before anything is written', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', { suspend: true, sourceRef: { kind: 'ExternalArtifact', name: 'x' } }));
    const provider = id('Provider', `notification.${flux}`);
    scene.server.put(stored(provider, 'v1beta3', {}));
    assert.match((await reconcile(scene, ks)).join(), /^Kustomization apps\/app is suspended\. Resume it before/);
    assert.match((await reconcile(scene, provider)).join(), /nothing acts on it/);
    scene.server.put(stored(ks, 'v1', { sourceRef: { kind: 'ExternalArtifact', name: 'x' } }));
    assert.match((await reconcile(scene, ks, { withSource: true })).join(), /takes its content from ExternalArtifact/);
    assert.deepEqual(patches(scene), []);
  });

  test('a failure is an answer; a source that fails ends the chain', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', { sourceRef: { kind: 'GitRepository', name: 'src' } }));
    scene.server.put(stored(source('GitRepository'), 'v1', {}));
    obey(scene, 'False', 'ProgressingWithRetry');
    assert.equal((await reconcile(scene, ks, { withSource: true })).at(-1), 'failed');
    assert.equal(patches(scene).length, 1);
  });

  test('waits while the controller is at it, until the time-out; cancelling ends it at once', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', {}));
    obey(scene, 'Unknown', 'Progressing');
    const steps = await reconcile(scene, ks, { timeout: 5_000 });
    assert.equal(steps.at(-1), 'Kustomization apps/app was asked to reconcile and is not done after 5 seconds.');
    const cancel = new AbortController();
    const options = { withSource: false, force: false, reset: false, timeout: 300_000 };
    let seen = '';
    const running = scene.requests.reconcile(ks, options, ({ name }) => (seen = name), cancel.signal);
    await until(() => seen === 'requested');
    cancel.abort();
    assert.equal((await running).failure?.name, 'cancelled');
  });
});

describe('suspend and resume', () => {
  test('write what the CLI writes, and who and why', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', { path: './x' }));
    await scene.requests.suspend(ks, { by: '', reason: '' });
    await scene.requests.resume(ks);
    await scene.requests.suspend(ks, { by: 'me', reason: 'incident 7' });
    await scene.requests.resume(ks);
    const note = { 'fluxcd.controlplane.io/suspendedBy': 'me', 'fluxwright.dev/suspend-reason': 'incident 7' };
    const off = { 'fluxcd.controlplane.io/suspendedBy': null, 'fluxwright.dev/suspend-reason': null };
    const expected = [
      { spec: { suspend: true } },
      { spec: { suspend: null } },
      { spec: { suspend: true }, metadata: { annotations: note } },
      { spec: { suspend: null }, metadata: { annotations: off } },
    ];
    assert.deepEqual(
      patches(scene),
      expected.map((body) => ['kustomizations/app', merge, 'fieldManager=flux', body]),
    );
    assert.deepEqual(scene.server.objects.get(`kustomize.${flux}/Kustomization/apps/app`)?.['spec'], { path: './x' });
  });

  test('kinds with an annotation instead', async (context) => {
    const scene = await open(context);
    const set = id('ResourceSet', 'fluxcd.controlplane.io');
    const generator = id('ArtifactGenerator', 'source.extensions.fluxcd.io');
    scene.server.put(stored(set, 'v1', {}));
    scene.server.put(stored(generator, 'v1beta1', {}));
    for (const one of [set, generator]) {
      await scene.requests.suspend(one, { by: '', reason: '' });
      await scene.requests.resume(one);
    }
    const bodies = patches(scene).map((patch) => (patch as unknown[])[3]);
    const wrap = (annotations: object): object => ({ metadata: { annotations } });
    assert.deepEqual(bodies, [
      wrap({ 'fluxcd.controlplane.io/reconcile': 'disabled' }),
      wrap({ 'fluxcd.controlplane.io/reconcile': 'enabled', 'reconcile.fluxcd.io/requestedAt': '<time>' }),
      wrap({ 'source.extensions.fluxcd.io/reconcile': 'disabled' }),
      wrap({ 'source.extensions.fluxcd.io/reconcile': null }),
    ]);
  });

  test('kinds that cannot be', async (context) => {
    const scene = await open(context);
    const artifact = id('ExternalArtifact', `source.${flux}`);
    assert.equal((await scene.requests.suspend(artifact, { by: '', reason: '' })).failure?.name, 'refused');
    assert.equal(
      (await scene.requests.suspend(id('Deployment', 'apps'), { by: '', reason: '' })).failure?.name,
      'refused',
    );
  });
});

test('a read-only context refuses every write and allows a dry run', async (context) => {
  const scene = await open(context, { readOnly: true });
  scene.server.put(stored(ks, 'v1', {}));
  const options = { withSource: false, force: false, reset: false, timeout: 1 };
  const outcomes = [
    await scene.requests.suspend(ks, { by: '', reason: '' }),
    await scene.requests.resume(ks),
    await scene.requests.reconcile(ks, options, () => undefined),
    await scene.requests.delete(ks, { propagation: 'Background', uid: 'x' }),
  ];
  for (const { failure } of outcomes)
    assert.deepEqual(failure, {
      name: 'read-only',
      message: 'Context test is read-only; Kustomization apps/app was not changed.',
    });
  assert.ok((await scene.requests.dryRun({ apiVersion: `kustomize.${flux}/v1` }, ks, 'flux')).value);
  assert.ok(scene.server.seen.every(({ method, query }) => method === 'GET' || query.get('dryRun') === 'All'));
});

describe('objects', () => {
  test('a name cannot lead elsewhere', async (context) => {
    const scene = await open(context);
    for (const name of ['..', '../../secrets/x', 'a?watch=true', 'a/b']) await scene.requests.get({ ...ks, name });
    const paths = scene.server.seen.map(({ path }) => path).filter((path) => path.includes('/namespaces/'));
    assert.equal(paths.length, 4);
    for (const path of paths)
      assert.match(path, /^\/apis\/kustomize\.toolkit\.fluxcd\.io\/v1\/namespaces\/apps\/kustomizations\/[^/]+$/);
  });

  test('deleting names the object that was looked at, and how', async (context) => {
    const scene = await open(context);
    const { metadata } = scene.server.put(stored(ks, 'v1', {}));
    const wrong = await scene.requests.delete(ks, { propagation: 'Foreground', uid: 'another' });
    assert.equal(wrong.failure?.name, 'conflict');
    assert.equal(
      (await scene.requests.delete(ks, { propagation: 'Foreground', uid: metadata.uid ?? '', dryRun: true })).failure,
      undefined,
    );
    assert.equal(scene.server.objects.size, 1);
    assert.equal(
      (await scene.requests.delete(ks, { propagation: 'Foreground', uid: metadata.uid ?? '', resourceVersion: '1' }))
        .failure,
      undefined,
    );
    assert.equal(scene.server.objects.size, 0);
    assert.deepEqual(JSON.parse(scene.server.seen.findLast(({ method }) => method === 'DELETE')?.body ?? ''), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Foreground',
      preconditions: { uid: metadata.uid, resourceVersion: '1' },
    });
  });

  test('a Secret comes without values, and its keys are told by its managers', async (context) => {
    const scene = await open(context);
    const secret = id('Secret', '', 'token');
    scene.server.put({
      ...stored(secret, 'v1', {}),
      data: { password: 'cGxhbnRlZA==' },
      metadata: {
        name: 'token',
        namespace: 'apps',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'cGxhbnRlZA==', kept: 'yes' },
        managedFields: [{ fieldsV1: { 'f:data': { '.': {}, 'f:password': {}, 'f:user': {} } } }],
      },
    });
    const { value } = await scene.requests.get(secret);
    assert.ok(value);
    assert.doesNotMatch(JSON.stringify(value), /cGxhbnRlZA|planted/);
    assert.deepEqual(secretKeys(value), ['password', 'user']);
    assert.match(
      scene.server.seen.find(({ path }) => path.endsWith('/secrets/token'))?.headers.accept ?? '',
      /^application\/json;as=PartialObjectMetadata;/,
    );
    assert.equal((await scene.requests.dryRun({ apiVersion: 'v1' }, secret, 'x')).failure?.name, 'refused');
  });

  test('a dry run is a server-side apply that does nothing', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', { path: './x' }));
    const { value } = await scene.requests.dryRun(
      { apiVersion: `kustomize.${flux}/v1`, spec: { path: './y' } },
      ks,
      'kustomize-controller',
    );
    assert.deepEqual(value?.['spec'], { path: './y' });
    const [, type, query] = patches(scene)[0] as string[];
    assert.deepEqual(
      [type, query],
      ['application/apply-patch+yaml', 'dryRun=All&fieldManager=kustomize-controller&force=true'],
    );
    assert.deepEqual(scene.server.objects.get(`kustomize.${flux}/Kustomization/apps/app`)?.['spec'], { path: './x' });
  });

  test('what is not there, and kinds that are not', async (context) => {
    const scene = await open(context);
    const missing = await scene.requests.get(ks);
    assert.deepEqual(missing.failure, {
      name: 'absent',
      message: 'Could not read Kustomization apps/app of test: kustomizations "app" not found.',
    });
    const unknown = await scene.requests.get(id('Widget', 'example.org'));
    assert.equal(unknown.failure?.name, 'absent');
    scene.server.put({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', namespace: 'apps' } });
    assert.equal((await scene.requests.get(id('Deployment', 'apps'))).value?.['kind'], 'Deployment');
    scene.server.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } });
    assert.equal(
      (await scene.requests.get({ group: '', kind: 'Namespace', namespace: '', name: 'apps' })).value?.['kind'],
      'Namespace',
    );
  });
});

describe('events and logs', () => {
  test('events of one object, newest first', async (context) => {
    const scene = await open(context);
    const event = (name: string, involved: ResourceId, last: string, more: object = {}): StoredObject => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name,
        namespace: involved.namespace || 'default',
        annotations: { [`kustomize.${flux}/revision`]: 'main@sha1:1' },
      },
      involvedObject: { ...involved, apiVersion: `${involved.group}/v1` },
      type: 'Normal',
      reason: name,
      message: 'm',
      lastTimestamp: last,
      source: { component: 'kustomize-controller' },
      ...more,
    });
    scene.server.put(event('old', ks, '2026-01-01T00:00:00Z', { count: 3 }));
    scene.server.put(event('new', ks, '2026-01-02T00:00:00Z', { type: 'Warning' }));
    scene.server.put(
      event('series', ks, '', {
        lastTimestamp: null,
        eventTime: '2026-01-01T12:00:00Z',
        reportingComponent: 'x',
        source: {},
      }),
    );
    scene.server.put(event('other', { ...ks, name: 'b' }, '2026-01-03T00:00:00Z'));
    scene.server.put(event('namesake', { ...ks, group: 'example.org' }, '2026-01-03T00:00:00Z'));
    const { value } = await scene.requests.events(ks);
    assert.deepEqual(
      value?.map(({ reason, count, last, source, revision, type }) => [reason, count, last, source, revision, type]),
      [
        ['new', 1, '2026-01-02T00:00:00Z', 'kustomize-controller', 'main@sha1:1', 'Warning'],
        ['series', 1, '2026-01-01T12:00:00Z', 'x', 'main@sha1:1', 'Normal'],
        ['old', 3, '2026-01-01T00:00:00Z', 'kustomize-controller', 'main@sha1:1', 'Normal'],
      ],
    );
  });

  test('log lines of one object, of the controllers of its kind', async (context) => {
    const scene = await open(context);
    const pod = (name: string, app: string): StoredObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'flux-system', labels: { app } },
    });
    scene.server.put(pod('kustomize-controller-1', 'kustomize-controller'));
    scene.server.put(pod('helm-controller-1', 'helm-controller'));
    const line = (more: object): string =>
      JSON.stringify({
        level: 'info',
        ts: '2026-01-01T00:00:00Z',
        msg: 'm',
        controllerKind: 'Kustomization',
        name: 'app',
        namespace: 'apps',
        ...more,
      });
    const lines = [
      line({}),
      line({ level: 'error', msg: 'failed', error: 'why' }),
      line({ name: 'app2' }),
      line({ namespace: 'other' }),
      line({ controllerKind: 'HelmRelease' }),
      line({ name: undefined, namespace: undefined, Kustomization: { name: 'app', namespace: 'apps' }, msg: 'named' }),
      'not json app',
    ];
    scene.server.logs.set('kustomize-controller-1', `${lines.join('\n')}\n`);
    scene.server.logs.set('helm-controller-1', `${line({})}\n`);
    const found: string[] = [];
    const query = { namespace: 'flux-system', sinceSeconds: 600, follow: false };
    const { failure } = await scene.requests.logs(ks, query, ({ pod: from, message, error }) =>
      found.push(`${from} ${message} ${error}`),
    );
    assert.equal(failure, undefined);
    assert.deepEqual(
      found,
      ['m ', 'failed why', 'named '].map((text) => `kustomize-controller-1 ${text}`),
    );
  });
});

describe('what the user may do', () => {
  test('is asked once a minute, and once for equal questions at one time', async (context) => {
    const scene = await open(context);
    scene.server.allows = (_, verb) => verb === 'patch';
    const asked = (): number => scene.server.seen.filter(({ path }) => path.endsWith('reviews')).length;
    const ask = async (verb: string): Promise<unknown> => (await scene.requests.mayI({ verb, id: ks })).value;
    assert.deepEqual(await Promise.all([ask('patch'), ask('patch'), ask('delete')]), [true, true, false]);
    assert.equal(asked(), 2);
    await scene.clock.advance(59_000);
    await ask('patch');
    assert.equal(asked(), 2);
    await scene.clock.advance(2_000);
    await ask('patch');
    assert.equal(asked(), 3);
    assert.equal((await scene.requests.whoAmI()).value, 'anyone');
  });

  test('a failure is not kept', async (context) => {
    const scene = await open(context);
    await scene.requests.get(ks);
    scene.server.intercept = () => status(500, 'X', 'no');
    assert.equal((await scene.requests.mayI({ verb: 'patch', id: ks })).failure?.name, 'server-error');
    scene.server.intercept = () => undefined;
    assert.equal((await scene.requests.mayI({ verb: 'patch', id: ks })).value, true);
  });
});

test('the patch of a user who looks on is seen by the watch', async (context) => {
  const scene = await open(context);
  scene.contexts.look();
  scene.server.put(kustomization('app', 'apps'));
  await scene.settles();
  await scene.requests.suspend(ks, { by: '', reason: '' });
  await turn(20);
  await scene.settles();
});
