import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAttention } from '../../client/kube/connection/attention';
import { ReplayedApiServer } from './support/api-server';
import { ManualClock, turn, until } from './support/manual-clock';
import { kubeconfigFor, kubeconfigPath, kubeWorld, kustomization, openScene } from './support/scene';

const minutes = 60_000;

describe('connecting', () => {
  test('nothing is read, run or sent before it is asked', async (context) => {
    const scene = await openScene(context);
    scene.contexts.look();
    await scene.clock.advance(5 * minutes);
    assert.deepEqual([scene.files.reads, scene.proxy.connections], [[], 0]);
    await scene.contexts.known();
    await scene.contexts.connectRemembered();
    await turn(20);
    assert.equal(scene.proxy.connections, 0, 'knowing contexts does not connect them');
  });

  test('what was connected once is connected again by the next session, on the same server only', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    const next = kubeWorld(kubeconfigFor(scene.proxy.url), { stored: scene.stored });
    context.after(() => next.contexts.dispose());
    next.contexts.look();
    await next.contexts.connectRemembered();
    await until(() => next.contexts.state('test').name === 'connected');
    const elsewhere = kubeWorld(kubeconfigFor('https://elsewhere.example'), { stored: scene.stored });
    await elsewhere.contexts.connectRemembered();
    assert.equal(elsewhere.contexts.state('test').name, 'idle');
    await scene.contexts.disconnect('test');
    const last = kubeWorld(kubeconfigFor(scene.proxy.url), { stored: scene.stored });
    await last.contexts.connectRemembered();
    assert.equal(last.contexts.state('test').name, 'idle');
    assert.equal(scene.sink.objects.size, 0);
  });

  test('a failed login needs a click, also in the next session', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    await scene.contexts.disconnect('test');
    scene.server.users.set('another', 'me');
    assert.equal((await scene.contexts.connect('test')).name, 'failed');
    const asked = scene.server.seen.length;
    const next = kubeWorld(kubeconfigFor(scene.proxy.url), { stored: scene.stored });
    await next.contexts.connectRemembered();
    await turn(50);
    assert.equal(scene.server.seen.length, asked);
    scene.server.users.set('t0ken', 'me');
    assert.equal((await scene.contexts.connect('test')).name, 'connected');
  });

  test('a login that the kubeconfig has mended counts for the next session', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    scene.server.users.set('another', 'me');
    scene.proxy.cut();
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'failed', 5_000);
    const session = async (): Promise<string> => {
      const next = kubeWorld(kubeconfigFor(scene.proxy.url, 'token: another'), { stored: new Map(scene.stored) });
      context.after(() => next.contexts.dispose());
      next.contexts.look();
      await next.contexts.connectRemembered();
      await turn(50);
      return next.contexts.state('test').name;
    };
    assert.equal(await session(), 'idle');
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url, 'token: another'));
    await scene.clock.advance(1_000);
    await scene.settles();
    assert.notEqual(await session(), 'idle');
  });

  test('a server that is away is a named state for a click, and is waited for without one', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    await scene.contexts.disconnect('test');
    scene.stored.set('connected:test', `connected ${scene.proxy.url}`);
    scene.proxy.down();
    const state = await scene.contexts.connect('test');
    assert.ok(state.name === 'failed');
    assert.match(state.failure.message, /^http:\/\/127.* cannot be reached \(ECONNRESET\)\.$/);
    const next = kubeWorld(kubeconfigFor(scene.proxy.url), { stored: scene.stored });
    context.after(() => next.contexts.dispose());
    next.contexts.look();
    await next.contexts.connectRemembered();
    await next.clock.advanceUntil(() => next.contexts.state('test').name === 'lost', 5_000);
    scene.proxy.up();
    await next.clock.advanceUntil(() => next.contexts.state('test').name === 'connected', 6_000);
  });

  test('an unknown context', async (context) => {
    const scene = await openScene(context);
    const state = await scene.contexts.connect('nope');
    assert.ok(state.name === 'failed');
    assert.equal(state.failure.name, 'context-gone');
  });

  test('can be cancelled', async (context) => {
    const scene = await openScene(context);
    scene.server.intercept = () => undefined;
    scene.proxy.slow = 1;
    const cancel = new AbortController();
    const connecting = scene.contexts.connect('test', cancel.signal);
    await until(() => scene.server.seen.length > 0);
    cancel.abort();
    assert.deepEqual(await connecting, { name: 'idle' });
    assert.deepEqual(scene.stored.size, 0);
  });
});

describe('what stands when a connection ends', () => {
  test('a login that fails in the middle of a new list leaves nothing that looks as if it were live', async (context) => {
    const scene = await openScene(context);
    scene.server.put(kustomization('app'));
    await scene.connect();
    scene.server.compact();
    scene.server.intercept = ({ path, query }) =>
      path.endsWith('/kustomizations') && query.get('watch') === null ? { status: 401, body: {} } : undefined;
    const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (2)' };
    scene.proxy.inject(`${JSON.stringify({ type: 'ERROR', object })}\n`);
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'failed', 5_000);
    const state = scene.sink.state('Kustomization');
    assert.ok(state?.name === 'disconnected', state?.name);
    assert.match(state.message, /did not accept the login/);
  });

  test('nor does a first list of which a part has arrived', async (context) => {
    const scene = await openScene(context);
    for (let at = 0; at < 300; at++) scene.server.put(kustomization(`app-${at}`));
    scene.server.intercept = ({ path, query }) =>
      path.endsWith('/kustomizations') && query.get('continue') !== null ? { status: 401, body: {} } : undefined;
    scene.contexts.look();
    await scene.contexts.connect('test');
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'failed', 5_000);
    assert.equal(scene.sink.state('Kustomization')?.name, 'disconnected');
  });
});

describe('attention', () => {
  test('ten minutes after the last look the watches pause, and go on where they were', async (context) => {
    const scene = await openScene(context);
    scene.server.put(kustomization('app'));
    const endLook = scene.contexts.look();
    await scene.contexts.connect('test');
    await until(() => scene.server.openWatches === scene.watches);
    const second = scene.contexts.look();
    endLook();
    scene.server.bookmark();
    for (let minute = 0; minute < 15; minute++) await heard();
    assert.equal(scene.contexts.state('test').name, 'connected', 'one still looks');
    second();
    for (let minute = 0; minute < 9; minute++) await heard();
    assert.equal(scene.contexts.state('test').name, 'connected');
    await heard();
    await heard();
    assert.equal(scene.contexts.state('test').name, 'paused');
    assert.equal(scene.sink.state('Kustomization')?.name, 'paused');
    await until(() => scene.server.openWatches === 0);
    scene.server.put(kustomization('meanwhile'));
    assert.ok(scene.contexts.requests('test'), 'requests still work');
    const { lists } = scene.sink;
    scene.contexts.look();
    await scene.settles();
    assert.equal(scene.sink.lists, lists, 'nothing was listed again');

    async function heard(): Promise<void> {
      await scene.clock.advance(minutes);
      scene.server.bookmark();
      await turn(20);
    }
  });

  test('looks are counted', () => {
    const clock = new ManualClock();
    const told: string[] = [];
    const attention = createAttention(
      clock,
      () => told.push('began'),
      () => told.push('ended'),
    );
    const end = attention.look();
    end();
    end();
    const again = attention.look();
    assert.equal(clock.pending, 0);
    again();
    clock.sleep(600_000);
    assert.equal(clock.pending, 1);
    assert.deepEqual(told, ['began']);
    attention.dispose();
    assert.equal(clock.pending, 0);
  });
});

test('several contexts at once, with users of one name', async (context) => {
  const servers = [new ReplayedApiServer(), new ReplayedApiServer()];
  const contextList: string[] = [];
  const clusters: string[] = [];
  const users: string[] = [];
  for (const [index, server] of servers.entries()) {
    await server.start();
    context.after(() => server.stop());
    server.users.set(`token-${index}`, 'me');
    server.put(kustomization(`of-${index}`));
    contextList.push(`{name: c${index}, context: {cluster: c${index}, user: u${index}}}`);
    clusters.push(`{name: c${index}, cluster: {server: '${server.url}'}}`);
    users.push(`{name: u${index}, user: {token: token-${index}}}`);
  }
  const world = kubeWorld(
    `contexts: [${contextList.join()}]\nclusters: [${clusters.join()}]\nusers: [${users.join()}]`,
  );
  context.after(() => world.contexts.dispose());
  world.contexts.look();
  const states = await Promise.all([world.contexts.connect('c0'), world.contexts.connect('c1')]);
  assert.deepEqual(
    states.map(({ name }) => name),
    ['connected', 'connected'],
  );
  await until(() => world.sink.held('Kustomization').length === 2);
  const { contexts, current } = await world.contexts.known();
  assert.equal(current, '');
  assert.deepEqual(
    contexts.map(({ name, server, namespace }) => [name, server, namespace]),
    [
      ['c0', servers[0]?.url, 'default'],
      ['c1', servers[1]?.url, 'default'],
    ],
  );
});
