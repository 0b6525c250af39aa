import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAttention } from '../../client/kube/connection/attention';
import { liveKinds } from '../../client/status/kinds/index';
import { ReplayedApiServer } from './support/api-server';
import { ManualClock, turn, until } from './support/manual-clock';
import { kubeconfigFor, kubeconfigPath, kubeWorld, kustomization, openScene } from './support/scene';
import { type StoredObject } from './support/stored-object';

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

describe('the kubeconfig changes', () => {
  test('another token is used without a restart', async (context) => {
    const scene = await openScene(context);
    scene.server.users.set('t0ken', 'me');
    scene.server.users.set('next', 'me');
    await scene.connect();
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url, 'token: next'));
    await scene.clock.advance(500);
    await until(
      () =>
        scene.server.openWatches === scene.watches && scene.server.seen.at(-1)?.headers.authorization === 'Bearer next',
    );
    assert.deepEqual(scene.sink.violations, []);
  });

  test('a change that does not touch the context leaves its connection alone', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    const { connections } = scene.proxy;
    scene.files.write(kubeconfigPath, `${kubeconfigFor(scene.proxy.url)}preferences: {}\n`);
    await scene.clock.advance(500);
    assert.equal(scene.proxy.connections, connections);
    assert.equal(scene.contexts.state('test').name, 'connected');
  });

  for (const text of ['contexts: []', '', 'contexts: [{name:']) {
    test(`a context that is gone (${text}) says so, and all it gave is forgotten until it is back`, async (context) => {
      const scene = await openScene(context);
      scene.server.put(kustomization('app'));
      await scene.connect();
      scene.files.write(kubeconfigPath, text);
      await scene.clock.advance(500);
      const state = scene.contexts.state('test');
      assert.ok(state.name === 'failed');
      assert.equal(scene.sink.objects.size, 0);
      // The user connected this context to this server on this machine.
      scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url));
      await scene.clock.advanceUntil(() => scene.sink.held('Kustomization').length === 1, 1_000);
      await scene.contexts.disconnect('test');
      scene.files.write(kubeconfigPath, text);
      await scene.clock.advance(500);
      scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url));
      await scene.clock.advance(500);
      assert.equal(scene.contexts.state('test').name, 'idle');
    });
  }

  test('to another login program: nobody is asked before a click', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    const exec = 'apiVersion: client.authentication.k8s.io/v1, command: /no/such/login, interactiveMode: Never';
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url, `exec: {${exec}}`));
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'failed', 2_000);
    const state = scene.contexts.state('test');
    assert.ok(state.name === 'failed');
    assert.deepEqual(state.failure, {
      name: 'plugin-refused',
      message: 'Context test needs /no/such/login to log in, which is not allowed to run. Connect it to be asked.',
    });
    assert.deepEqual(scene.questions, []);
    // The scene allows no question but where a login program stood in the kubeconfig from the start.
    await scene.contexts.connect('test');
    assert.equal(scene.questions.splice(0).length, 1);
  });

  test('one that comes back as another is not connected, nor one that the user disconnected', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    scene.files.write(kubeconfigPath, 'contexts: []');
    await scene.clock.advance(500);
    const asked = scene.server.seen.length;
    scene.files.write(kubeconfigPath, kubeconfigFor('https://elsewhere.example'));
    await scene.clock.advance(500);
    assert.equal(scene.contexts.state('test').name, 'idle');
    scene.files.write(kubeconfigPath, 'contexts: []');
    await scene.clock.advance(500);
    await scene.contexts.disconnect('test');
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url));
    await scene.clock.advance(500);
    assert.equal(scene.contexts.state('test').name, 'idle');
    assert.equal(scene.server.seen.length, asked);
  });

  test('another server is another cluster: it is not connected without a click', async (context) => {
    const scene = await openScene(context);
    await scene.connect();
    const other = new ReplayedApiServer();
    await other.start();
    context.after(() => other.stop());
    scene.files.write(kubeconfigPath, kubeconfigFor(other.url));
    await scene.clock.advance(500);
    const state = scene.contexts.state('test');
    assert.ok(state.name === 'failed');
    assert.equal(state.failure.message, `Context test now leads to ${other.url}. Connect it again if that is right.`);
    assert.equal(other.seen.length, 0);
    // The one that the user connected is back.
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url));
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'connected', 1_000);
    scene.files.write(kubeconfigPath, kubeconfigFor(other.url));
    await scene.clock.advance(500);
    assert.equal(scene.contexts.state('test').name, 'failed');
    assert.equal((await scene.contexts.connect('test')).name, 'connected');
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
