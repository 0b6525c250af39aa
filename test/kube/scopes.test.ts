import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Contexts } from '../../client/kube/kube';
import { StatusStore } from '../../client/status/store/status-store';
import { kubeconfigFor, kubeconfigPath, kustomization, openScene, type Scene } from './support/scene';

interface Stored extends Scene {
  readonly store: StatusStore;
  readonly real: Contexts;
  /** Names of the Kustomizations that the store has now. */
  names(): string;
}

/** The store itself behind a connection, with namespaces that a test may change. */
async function storedScene(context: TestContext, namespaces: readonly string[]): Promise<Stored> {
  // Before those of the scene, which looks for what is left over.
  const ends: (() => void)[] = [];
  context.after(() => ends.forEach((end) => end()));
  const scene = await openScene(context, { kinds: ['Kustomization'] });
  const ports = { ...scene.ports, settings: { namespaces: () => namespaces, isReadOnly: () => false } };
  const store = new StatusStore(scene.clock);
  const real = new Contexts(ports, store, () => undefined);
  ends.push(
    () => real.dispose(),
    () => store.dispose(),
  );
  for (const [name, namespace] of [
    ['a', 'team-a'],
    ['b', 'team-b'],
    ['c', 'team-c'],
  ] as const) {
    scene.server.put(kustomization(name, namespace));
  }
  const names = (): string =>
    [...(store.find('test')?.ofKind('kustomize.toolkit.fluxcd.io', 'Kustomization') ?? [])]
      .map(({ id }) => id.name)
      .sort()
      .join();
  return Object.assign(scene, { store, real, names });
}

const one = (namespace: string) => ({
  ...{ group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace, name: 'x' },
});

test('a kind that may no longer be listed anywhere is not shown as it was', async (context) => {
  const scene = await storedScene(context, []);
  scene.real.look();
  await scene.real.connect('test');
  await scene.clock.advanceUntil(() => scene.names() === 'a,b,c', 5_000);
  scene.server.allows = () => false;
  scene.proxy.cut();
  await scene.clock.advanceUntil(() => scene.names() === '', 20_000);
  assert.equal(scene.store.stateOf('test', one('team-b'))?.name, 'forbidden');
});

test('a namespace that is refused takes its objects along, and no other', async (context) => {
  const scene = await storedScene(context, ['team-b']);
  scene.server.allows = (_, __, ___, namespace) => namespace !== undefined;
  scene.real.look();
  await scene.real.connect('test');
  await scene.clock.advanceUntil(() => scene.names() === 'a,b', 5_000);
  scene.server.allows = (_, __, ___, namespace) => namespace === 'team-a';
  scene.proxy.cut();
  await scene.clock.advanceUntil(() => scene.names() === 'a', 20_000);
  await scene.clock.advanceUntil(() => scene.store.stateOf('test', one('team-a'))?.name === 'live', 5_000);
  // Lost while all namespaces are refused: what is shown is old, and says so.
  await scene.server.stop();
  scene.proxy.cut();
  await scene.clock.advanceUntil(() => scene.store.stateOf('test', one('team-a'))?.name === 'disconnected', 60_000);
});

test('a namespace that is no longer watched after a pause takes its objects along', async (context) => {
  const namespaces = ['team-b'];
  const scene = await storedScene(context, namespaces);
  scene.server.allows = (_, __, ___, namespace) => namespace !== undefined;
  const end = scene.real.look();
  await scene.real.connect('test');
  await scene.clock.advanceUntil(() => scene.names() === 'a,b', 5_000);
  end();
  await scene.clock.advance(10 * 60_000 + 1_000);
  namespaces.splice(0, 1, 'team-c');
  scene.real.look();
  await scene.clock.advanceUntil(() => scene.names() === 'a,c', 20_000);
});

test('a context that has another namespace now shows nothing of the one before', async (context) => {
  const scene = await storedScene(context, []);
  scene.server.allows = (_, __, ___, namespace) => namespace !== undefined;
  scene.real.look();
  await scene.real.connect('test');
  await scene.clock.advanceUntil(() => scene.names() === 'a', 5_000);
  const text = kubeconfigFor(scene.proxy.url).replace('namespace: team-a', 'namespace: team-b');
  scene.files.write(kubeconfigPath, text);
  await scene.clock.advanceUntil(() => scene.names() === 'b', 20_000);
});
