import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { liveKinds } from '../../client/status/kinds/index';
import { until } from './support/manual-clock';
import { openScene } from './support/scene';
import { type StoredObject } from './support/stored-object';

const minutes = 60_000;

describe('discovery', () => {
  for (const aggregated of [true, false]) {
    test(`${aggregated ? 'aggregated' : 'group by group'}: the newest served version is watched, absent kinds are named`, async (context) => {
      const scene = await openScene(context, { kinds: ['Kustomization', 'ResourceSet'] });
      const all = scene.server.resources;
      scene.server.aggregated = aggregated;
      scene.server.resources = scene.server.resources
        .filter(({ group }) => group !== 'fluxcd.controlplane.io')
        .map((one) => (one.kind === 'Kustomization' ? { ...one, version: 'v1beta2' } : one));
      scene.contexts.look();
      await scene.contexts.connect('test');
      await until(() => scene.sink.state('Kustomization')?.name === 'live');
      assert.equal(scene.sink.state('ResourceSet')?.name, 'absent');
      assert.ok(
        scene.server.seen.some(({ path }) => path === '/apis/kustomize.toolkit.fluxcd.io/v1beta2/kustomizations'),
      );
      // Flux is upgraded, and the operator comes.
      scene.server.resources = all;
      await scene.clock.advance(10 * minutes + 1_000);
      await scene.clock.advanceUntil(() => scene.sink.state('ResourceSet')?.name === 'live', 15 * minutes);
      await until(() =>
        scene.server.seen.some(({ path }) => path === '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations'),
      );
    });
  }

  test('the version of Kubernetes is told, and a server that hides it is connected all the same', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    await until(() => scene.sink.versions.get('test') === 'v1.35.4');
    scene.server.intercept = ({ path }) => (path === '/version' ? { status: 403, body: '{}' } : undefined);
    await scene.contexts.disconnect('test');
    await scene.connect();
    assert.equal(scene.contexts.state('test').name, 'connected');
  });

  test('every kind that the views show is watched, Canaries of Flagger too', async (context) => {
    const scene = await openScene(context, { kinds: 'all' });
    const canary = { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', metadata: { name: 'web', namespace: 'apps' } };
    scene.server.put(canary);
    await scene.connect();
    for (const { kind } of liveKinds) assert.equal(scene.sink.state(kind)?.name, 'live', kind);
    assert.equal(scene.sink.held('Canary').length, 1);
  });

  const deployment = (name: string, namespace: string, labels: Record<string, string>): StoredObject => ({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace, labels } },
  });
  const label = 'app.kubernetes.io';
  const deployments: readonly StoredObject[] = [
    deployment('source-controller', 'flux-system', { app: 'source-controller', [`${label}/part-of`]: 'flux' }),
    deployment('flux-operator', 'operators', { [`${label}/name`]: 'flux-operator' }),
    // Labelled by its owner as a part of Flux: `flux check` shows it, and it is there once.
    deployment('own-operator', 'own', { [`${label}/name`]: 'flux-operator', [`${label}/part-of`]: 'flux' }),
    deployment('mesh-flagger', 'istio-system', { [`${label}/name`]: 'flagger', app: 'flagger' }),
    deployment('flagger', 'flagger-system', { app: 'flagger' }),
    deployment('web', 'apps', { [`${label}/name`]: 'web' }),
  ];

  test('the Deployments of the operator and of Flagger are watched where their kinds are served', async (context) => {
    const scene = await openScene(context, { kinds: 'all' });
    for (const one of deployments) scene.server.put(one);
    await scene.connect();
    assert.deepEqual(
      scene.sink.held('Deployment').map((text) => text.split('@')[0]),
      [
        'flagger-system/flagger',
        'flux-system/source-controller',
        'istio-system/mesh-flagger',
        'operators/flux-operator',
        'own/own-operator',
      ],
    );
    assert.equal(scene.sink.objects.get('test|apps/Deployment|*')?.size, 2);
  });

  test('… and nowhere else', async (context) => {
    const scene = await openScene(context, { kinds: ['Kustomization'] });
    for (const one of deployments) scene.server.put(one);
    await scene.connect();
    assert.equal(scene.sink.held('Deployment').length, 2);
    assert.equal(scene.watches, 2);
  });

  test('a group that cannot be asked is not absent', async (context) => {
    const scene = await openScene(context);
    scene.server.aggregated = false;
    scene.server.intercept = ({ path }) =>
      path.startsWith('/apis/helm.toolkit') ? { status: 503, body: '' } : undefined;
    scene.contexts.look();
    await scene.contexts.connect('test');
    await until(() => scene.sink.state('Kustomization')?.name === 'live');
    assert.equal(scene.sink.state('HelmRelease')?.name, 'disconnected');
    scene.server.intercept = () => undefined;
    await scene.clock.advanceUntil(() => scene.sink.state('HelmRelease')?.name === 'live', 61_000);
  });
});
