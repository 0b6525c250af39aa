import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ReplayedApiServer } from './support/api-server';
import { until } from './support/manual-clock';
import { kubeconfigFor, kubeconfigPath, kustomization, openScene } from './support/scene';

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
