import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ReconcileStep, type Requests } from '../../client/kube/kube';
import { type ResourceId } from '../../server/model/resource-id';
import { type StoredObject } from './support/stored-object';
import { turn, until } from './support/manual-clock';
import { flux, hr, id, ks, merge, obey, open, patches, stored } from './support/request-scene';
import { kustomization, type Scene } from './support/scene';

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
      'a HelmRelease whose template describes an OCI source',
      hr,
      'v2',
      { chart: { kind: 'OCIRepository', spec: { url: 'oci://r.example/app' } } },
      [[source('OCIRepository', 'apps-app'), {}]],
      ['OCIRepository/apps-app', 'HelmRelease/app'],
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

  // Neither the operator nor source-watcher writes status.observedGeneration.
  for (const [one, version] of [
    [id('FluxInstance', 'fluxcd.controlplane.io'), 'v1'],
    [id('ResourceSet', 'fluxcd.controlplane.io'), 'v1'],
    [id('ArtifactGenerator', 'source.extensions.fluxcd.io'), 'v1beta1'],
  ] as const) {
    test(`${one.kind}: done by the generation of the condition, refused while disabled`, async (context) => {
      const scene = await open(context);
      scene.server.put(stored(one, version, {}));
      obey(scene, 'True', undefined, 'condition');
      assert.equal((await reconcile(scene, one)).at(-1), 'ready');
      obey(scene, 'True', undefined, 'none');
      assert.equal((await reconcile(scene, one)).at(-1), 'ready');
      obey(scene, 'True', undefined, 'older');
      assert.match((await reconcile(scene, one, { timeout: 5_000 })).at(-1) ?? '', /is not done after 5 seconds/);
      await scene.requests.suspend(one, { by: '', reason: '' });
      const written = patches(scene).length;
      assert.match((await reconcile(scene, one)).at(-1) ?? '', /is suspended\. Resume it before it is reconciled\.$/);
      assert.equal(patches(scene).length, written);
    });
  }

  test('a failure is an answer; a source that fails ends the chain', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', { sourceRef: { kind: 'GitRepository', name: 'src' } }));
    scene.server.put(stored(source('GitRepository'), 'v1', {}));
    obey(scene, 'False', 'ProgressingWithRetry');
    assert.equal((await reconcile(scene, ks, { withSource: true })).at(-1), 'failed');
    assert.equal(patches(scene).length, 1);
  });

  test('one that is deleted and made anew meanwhile was not asked, and says so', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', {}));
    const outcome = scene.requests.reconcile(
      ks,
      { withSource: false, force: false, reset: false, timeout: 60_000 },
      () => undefined,
    );
    await until(() => patches(scene).length === 1);
    const { metadata, ...rest } = stored(ks, 'v1', {});
    scene.server.remove({ ...rest, metadata });
    const conditions = [{ type: 'Ready', status: 'True', message: 'applied revision main@sha1:1' }];
    const status = { observedGeneration: 1, lastHandledReconcileAt: 'of another request', conditions };
    scene.server.put({ ...rest, metadata: { ...metadata, uid: 'another' }, status });
    let ended: Awaited<typeof outcome> | undefined;
    void outcome.then((value) => (ended = value));
    await scene.clock.advanceUntil(() => ended !== undefined, 10_000);
    assert.equal(ended?.value?.name, 'failed');
    assert.match(ended.value.message, /made anew/);
  });

  // As the CLI ends by kstatus: nobody goes on with what is stalled, whatever Ready says, nor with what is being deleted.
  for (const [what, change, message] of [
    ['stalled', { conditions: [{ type: 'Stalled', status: 'True', message: 'no such path' }] }, 'no such path'],
    ['being deleted', {}, 'It is being deleted.'],
  ] as const) {
    test(`an object that is ${what} is not waited for`, async (context) => {
      const scene = await open(context);
      scene.server.put(stored(ks, 'v1', {}));
      scene.server.controller = (object) => {
        const requested = object.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
        const status = { lastHandledReconcileAt: requested, conditions: [{ type: 'Ready', status: 'Unknown' }] };
        if (object['status'] !== undefined) return undefined;
        const metadata = {
          ...object.metadata,
          ...(what === 'stalled' ? {} : { deletionTimestamp: '2026-01-01T00:00:00Z' }),
        };
        return { ...object, metadata, status: { ...status, ...change } };
      };
      const said: string[] = [];
      const options = { withSource: false, force: false, reset: false, timeout: 60_000 };
      let result: ReconcileStep | undefined;
      const show = (step: ReconcileStep): void => void said.push('message' in step ? step.message : '');
      void scene.requests.reconcile(ks, options, show).then(({ value }) => (result = value));
      await scene.clock.advanceUntil(() => result !== undefined, 10_000);
      assert.equal(result?.name, 'failed');
      assert.equal(said.at(-1), message);
    });
  }

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

  test('a Canary of Flagger by its spec', async (context) => {
    const scene = await open(context);
    const canary = id('Canary', 'flagger.app');
    scene.server.put(stored(canary, 'v1beta1', { targetRef: { kind: 'Deployment', name: 'web' } }));
    assert.equal((await scene.requests.suspend(canary, { by: '', reason: '' })).failure, undefined);
    assert.equal((await scene.requests.resume(canary)).failure, undefined);
    assert.deepEqual(
      patches(scene).map((patch) => (patch as unknown[])[3]),
      [{ spec: { suspend: true } }, { spec: { suspend: null } }],
    );
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

test('the patch of a user who looks on is seen by the watch', async (context) => {
  const scene = await open(context);
  scene.contexts.look();
  scene.server.put(kustomization('app', 'apps'));
  await scene.settles();
  await scene.requests.suspend(ks, { by: '', reason: '' });
  await turn(20);
  await scene.settles();
});
