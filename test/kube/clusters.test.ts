import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Contexts, type KubePorts } from '../../client/kube/kube';
import { ConnectedClusters } from '../../client/views/live/connected-clusters';
import { viewState } from '../../client/views/live/view-state';
import { turn, until } from './support/manual-clock';
import { kustomization, openScene, type Scene } from './support/scene';

interface Opened {
  readonly clusters: ConnectedClusters;
  changes: number;
}

/** The clusters of a window over the ports of a scene. */
function open({ ports, clock }: Scene, isTrusted = true): Opened {
  const opened: { clusters: ConnectedClusters; changes: number } = {
    changes: 0,
    clusters: new ConnectedClusters({
      isTrusted: () => isTrusted,
      kube: () => Promise.resolve({ Contexts }),
      ports: (): Promise<KubePorts> => Promise.resolve(ports),
      clock,
      changed: () => opened.changes++,
    }),
  };
  return opened;
}

test('a workspace that is not trusted reads no kubeconfig', async (context) => {
  const scene = await openScene(context);
  const { clusters } = open(scene, false);
  const end = await clusters.look();
  assert.deepEqual((await clusters.known()).contexts, []);
  assert.equal(await clusters.connect('test'), undefined);
  assert.deepEqual(scene.files.reads, []);
  assert.equal(scene.server.seen.length, 0);
  end();
  clusters.dispose();
});

test('looking lists contexts and connects none before the user did', async (context) => {
  const scene = await openScene(context);
  scene.server.put(kustomization('apps'));
  const first = open(scene);
  const end = await first.clusters.look();
  assert.deepEqual(
    first.clusters.lastKnown?.contexts.map(({ name, state }) => `${name} ${state.name}`),
    ['test idle'],
  );
  assert.equal(scene.server.seen.length, 0, 'the server was asked');
  assert.equal(viewState(first.clusters.store, { isTrusted: true, known: first.clusters.lastKnown }), 'not-connected');
  assert.equal((await first.clusters.connect('test'))?.name, 'connected');
  await until(() => first.clusters.store.find('test')?.size === 1, 'the object');
  assert.equal(viewState(first.clusters.store, { isTrusted: true, known: first.clusters.lastKnown }), 'content');
  assert.ok(first.changes > 0);
  end();
  first.clusters.dispose();

  // Another window on this machine: remembered, so a look is enough.
  const second = open(scene);
  const before = scene.server.seen.length;
  await second.clusters.known();
  assert.equal(scene.server.seen.length, before, 'without a look nothing is asked');
  const endSecond = await second.clusters.look();
  await until(() => second.clusters.store.find('test')?.size === 1, 'the object again');
  await second.clusters.disconnect('test');
  assert.deepEqual(second.clusters.store.contexts(), []);
  assert.equal(second.clusters.state('test').name, 'idle');
  endSecond();
  second.clusters.dispose();
});

test('a visible file keeps watched what is connected, and connects nothing', async (context) => {
  const scene = await openScene(context);
  scene.server.put(kustomization('apps'));
  const { clusters } = open(scene);
  const end = clusters.attend();
  const other = clusters.attend();
  other();
  assert.deepEqual(scene.files.reads, []);
  assert.equal(scene.server.seen.length, 0);
  await clusters.connect('test');
  await until(() => clusters.store.find('test')?.size === 1, 'the object');
  const minute = async (): Promise<void> => {
    await scene.clock.advance(60_000);
    scene.server.bookmark();
    await turn(20);
  };
  for (let count = 0; count < 12; count++) await minute();
  assert.equal(clusters.state('test').name, 'connected', 'a file is looked at');
  end();
  for (let count = 0; count < 11; count++) await minute();
  assert.equal(clusters.state('test').name, 'paused');
  clusters.dispose();
});
