import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ConnectionState } from '../../client/kube/kube';
import { status } from './support/answers';
import { ReplayedApiServer } from './support/api-server';
import { createAuthority } from './support/certificates';
import { turn, until } from './support/manual-clock';
import { kubeconfigFor, kubeconfigPath, kubeWorld, kustomization, openScene, type Scene } from './support/scene';

// A server that comes up answers before it can: rules, kinds and logins are loaded one after the other.

async function start(context: Parameters<typeof openScene>[0]): Promise<Scene> {
  const scene = await openScene(context);
  for (let index = 0; index < 5; index++) scene.server.put(kustomization(`app-${index}`));
  await scene.connect();
  return scene;
}

/** Time passes slowly enough for sockets to keep up. */
async function pass({ clock }: Pick<Scene, 'clock'>, seconds: number): Promise<void> {
  for (let step = 0; step < seconds * 5; step++) {
    await clock.advance(200);
    await turn(10);
  }
}

const failureOf = (state: ConnectionState): string =>
  state.name === 'lost' || state.name === 'failed' ? `${state.name} ${state.failure.name}` : state.name;
const refusal = (code: number): { status: number; body: string } => ({
  status: code,
  body: JSON.stringify(status(code, 'X', 'not now').body),
});

describe('a server that comes back', () => {
  for (const code of [403, 404, 503]) {
    test(`and answers ${code} at first: nothing is lost, and no kind counts as refused`, async (context) => {
      const scene = await start(context);
      const held = scene.sink.held('Kustomization').join();
      const heldNow: string[] = [];
      scene.proxy.down();
      await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'lost', 5_000);
      scene.sink.history.length = 0;
      scene.proxy.answer = ({ url = '' }) => (url === '/version' ? undefined : refusal(code));
      scene.proxy.up();
      for (let second = 0; second < 7; second++) {
        await pass(scene, 1);
        heldNow.push(scene.sink.held('Kustomization').join());
      }
      assert.deepEqual(new Set(heldNow), new Set([held]));
      scene.server.put(kustomization('new'));
      scene.proxy.answer = () => undefined;
      await scene.settles();
      assert.deepEqual(
        scene.sink.history.filter((line) => /forbidden|absent/.test(line)),
        [],
      );
      assert.equal(scene.contexts.state('test').name, 'connected');
    });
  }

  test('and does not name the kinds of CRDs at first: none counts as absent', async (context) => {
    const scene = await start(context);
    scene.proxy.down();
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'lost', 5_000);
    const all = scene.server.resources;
    scene.server.resources = all.filter(({ group }) => group === '' || group === 'apps');
    // A connection made anew asks for the kinds first.
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url, 'token: other'));
    await pass(scene, 1);
    scene.sink.history.length = 0;
    scene.proxy.up();
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'connected', 5_000);
    await pass(scene, 3);
    assert.equal(scene.sink.held('Kustomization').length, 5);
    scene.server.resources = all;
    scene.server.put(kustomization('new'));
    await scene.settles();
    assert.ok(!scene.sink.history.some((line) => /^(Kustomization|HelmRelease).*absent/.test(line)));
    // What is still not named after that is not there.
    await pass(scene, 20);
    assert.ok(scene.sink.history.includes('ResourceSet: absent'));
  });

  test('unseen, before a connection that is made anew: it is not given up for a 403', async (context) => {
    const scene = await start(context);
    scene.proxy.answer = () => refusal(403);
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url, 'token: other'));
    await scene.clock.advanceUntil(() => failureOf(scene.contexts.state('test')) === 'lost forbidden', 2_000);
    await pass(scene, 1);
    scene.proxy.answer = () => undefined;
    await scene.settles();
    scene.proxy.answer = () => refusal(403);
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url, 'token: third'));
    await scene.clock.advanceUntil(() => failureOf(scene.contexts.state('test')) === 'failed forbidden', 20_000);
    const asked = scene.server.seen.length;
    await pass(scene, 60);
    assert.equal(scene.server.seen.length, asked, 'nothing is tried again');
  });

  test('with the data of an earlier day: listed again, though no watch is refused', async (context) => {
    const scene = await start(context);
    scene.proxy.down();
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'lost', 5_000);
    scene.server.putBack();
    scene.server.put(kustomization('of-that-day'));
    scene.proxy.up();
    await scene.settles();
    assert.equal(scene.sink.held('Kustomization').length, 1);
  });

  test('a right that is taken from a watch is believed after ten seconds', async (context) => {
    const scene = await start(context);
    scene.server.allows = (_, __, { kind }) => kind !== 'HelmRelease';
    scene.proxy.cut();
    const is = (name: string) => () => scene.sink.state('HelmRelease')?.name === name;
    await scene.clock.advanceUntil(is('disconnected'), 1_000);
    const state = scene.sink.state('HelmRelease');
    assert.match(
      state?.name === 'disconnected' ? state.message : '',
      /^Could not watch helmreleases in all namespaces of test: .*cannot watch/,
    );
    assert.ok((await scene.clock.advanceUntil(is('forbidden'), 13_000)) > 8_000);
    assert.equal(scene.sink.state('Kustomization')?.name, 'live');
  });
});

describe('a way that leads nowhere', () => {
  test('packets vanish for a while: found within five seconds of its end', async (context) => {
    const scene = await start(context);
    scene.proxy.down();
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'lost', 5_000);
    let isHole = true;
    // Who connects is heard, and hears nothing.
    scene.proxy.answer = () => {
      if (isHole) scene.proxy.freeze();
      return undefined;
    };
    scene.proxy.up();
    await pass(scene, 20);
    assert.equal(scene.contexts.state('test').name, 'lost');
    scene.server.put(kustomization('new'));
    isHole = false;
    await scene.settles(5_000);
  });

  test('idle sockets that lead nowhere cost one request, not each', async (context) => {
    const scene = await start(context);
    const requests = scene.contexts.requests('test');
    assert.ok(requests);
    const id = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace: 'flux-system', name: 'app-1' };
    await Promise.all([requests.get(id), requests.get(id), requests.get(id)]);
    scene.proxy.freeze();
    const first = requests.get(id);
    await pass(scene, 31);
    assert.equal((await first).failure?.name, 'unreachable');
    let isThere = false;
    void requests.get(id).then(({ value }) => (isThere = value !== undefined));
    await scene.clock.advanceUntil(() => isThere, 1_000);
  });
});

describe('a server that fails', () => {
  test('for three minutes: equal within five seconds of the end, and few requests until then', async (context) => {
    const scene = await start(context);
    let asked = 0;
    scene.proxy.answer = () => {
      asked++;
      return refusal(500);
    };
    scene.proxy.cut();
    await pass(scene, 180);
    // Each watch at its growing pace, up to half a minute, and one in turn every two to four seconds.
    context.diagnostic(`${asked} requests of ${scene.watches} watches`);
    assert.ok(asked < scene.watches * 18 + 90, `${asked} requests`);
    scene.server.put(kustomization('new'));
    scene.proxy.answer = () => undefined;
    await scene.settles(5_000);
    const isLive = (): boolean => [...scene.sink.states.values()].every(({ name }) => name !== 'disconnected');
    await scene.clock.advanceUntil(isLive, 1_000);
  });

  test('for one kind alone: that one is asked about ever more rarely, the others are live', async (context) => {
    const scene = await start(context);
    let asked = 0;
    scene.proxy.answer = ({ url = '' }) => (url.includes('helmreleases') ? (asked++, refusal(500)) : undefined);
    scene.proxy.cut();
    await pass(scene, 60);
    await scene.settles();
    asked = 0;
    for (let minute = 0; minute < 4; minute++) {
      await pass(scene, 60);
      scene.server.bookmark();
    }
    context.diagnostic(`${asked} requests`);
    assert.ok(asked > 6 && asked <= 17, `${asked} requests in four minutes`);
    assert.equal(scene.sink.state('HelmRelease')?.name, 'disconnected');
  });

  test('to say its kinds, to a connection without a user who waits: asked calmly, and found', async (context) => {
    const scene = await start(context);
    let asked = 0;
    scene.proxy.answer = ({ url = '' }) => (url.startsWith('/apis') ? (asked++, refusal(503)) : undefined);
    scene.server.users.set('other', 'me');
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url, 'token: other'));
    await pass(scene, 60);
    assert.equal(failureOf(scene.contexts.state('test')), 'lost server-error');
    context.diagnostic(`${asked} requests`);
    assert.ok(asked > 10 && asked < 45, `${asked} requests in a minute`);
    scene.server.put(kustomization('new'));
    scene.proxy.answer = () => undefined;
    await scene.settles(5_000);
    assert.equal(scene.contexts.state('test').name, 'connected');
  });
});

test('a new authority that the kubeconfig names before the server has it is waited for', async (context) => {
  const [first, second] = [createAuthority(), createAuthority()];
  const server = new ReplayedApiServer();
  const serve = async ({ certificate, key }: { certificate: string; key: string }): Promise<void> => {
    await server.start({ cert: certificate, key });
  };
  await serve(first.issue());
  server.put(kustomization('app'));
  const trusting = ({ certificate }: typeof first): string =>
    kubeconfigFor(server.url, undefined, `certificate-authority-data: ${Buffer.from(certificate).toString('base64')}`);
  const world = kubeWorld(trusting(first));
  context.after(async () => {
    world.contexts.dispose();
    await server.stop();
  });
  world.contexts.look();
  await world.contexts.connect('test');
  await until(() => world.sink.held('Kustomization').length === 1);
  world.files.write(kubeconfigPath, trusting(second));
  await world.clock.advanceUntil(() => failureOf(world.contexts.state('test')) === 'lost certificate-refused', 5_000);
  await pass(world, 60);
  await server.stop();
  await pass(world, 20);
  await serve(second.issue());
  server.put(kustomization('another'));
  await world.clock.advanceUntil(() => world.sink.held('Kustomization').length === 2, 5_000);
});

test('why the server cannot be reached is said of each kind as it changes', async (context) => {
  const [first, second] = [createAuthority(), createAuthority()];
  const server = new ReplayedApiServer();
  const { certificate, key } = first.issue();
  await server.start({ cert: certificate, key });
  const trust = `certificate-authority-data: ${Buffer.from(first.certificate).toString('base64')}`;
  const world = kubeWorld(kubeconfigFor(server.url, undefined, trust));
  context.after(async () => {
    world.contexts.dispose();
    await server.stop();
  });
  world.contexts.look();
  await world.contexts.connect('test');
  const messageOf = (): string => {
    const state = world.sink.state('Kustomization');
    return state?.name === 'disconnected' ? state.message : '';
  };
  await until(() => world.sink.state('Kustomization')?.name === 'live');
  await server.stop();
  await world.clock.advanceUntil(() => messageOf().includes('cannot be reached'), 5_000);
  const next = second.issue();
  await server.start({ cert: next.certificate, key: next.key });
  await world.clock.advanceUntil(() => messageOf().includes('is not trusted'), 5_000);
});
