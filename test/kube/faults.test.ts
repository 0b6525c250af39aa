import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Scene, kustomization, openScene } from './support/scene';
import { status } from './support/answers';
import { turn, until } from './support/manual-clock';

/** Some objects, a connection, and changes that the client hears. */
async function start(
  context: Parameters<typeof openScene>[0],
  options: Parameters<typeof openScene>[1] = {},
): Promise<Scene> {
  const scene = await openScene(context, options);
  for (let index = 0; index < 20; index++) scene.server.put(kustomization(`app-${index}`));
  await scene.connect();
  return scene;
}

/** Everything that can happen while a client does not listen. */
function changeBehind({ server }: Scene): void {
  server.put(kustomization('app-1'));
  server.put(kustomization('new'));
  server.remove(kustomization('app-2'));
}

describe('after each fault the sink holds what a fresh list would', () => {
  test('no fault: events arrive', async (context) => {
    const scene = await start(context);
    changeBehind(scene);
    assert.ok((await scene.settles()) < 100);
    assert.equal(scene.sink.lists, scene.watches);
  });

  test('every connection is cut', async (context) => {
    const scene = await start(context);
    scene.proxy.cut();
    changeBehind(scene);
    await scene.settles();
    // Resumed, not listed again, and nobody was told of a break that short.
    assert.equal(scene.sink.lists, scene.watches);
    assert.ok(!scene.sink.history.some((line) => line.includes('disconnected')));
  });

  test('the server is away for a minute', async (context) => {
    const scene = await start(context, { kinds: 'all' });
    scene.proxy.down();
    await scene.clock.advanceUntil(() => scene.sink.state('Kustomization')?.name === 'disconnected', 5_000);
    assert.equal(scene.contexts.state('test').name, 'lost');
    const { connections } = scene.proxy;
    await scene.clock.advance(60_000);
    // One request at a time tries, not each of twenty watches.
    assert.ok(scene.proxy.connections - connections < 40, `${scene.proxy.connections - connections} attempts`);
    changeBehind(scene);
    scene.proxy.up();
    await scene.settles();
    assert.equal(scene.contexts.state('test').name, 'connected');
  });

  test('half-open connections are found by their silence', async (context) => {
    const scene = await start(context);
    scene.proxy.freeze();
    changeBehind(scene);
    await scene.clock.advance(60_000);
    assert.notDeepEqual(scene.sink.held('Kustomization'), scene.server.fresh('Kustomization'));
    await scene.clock.advance(15_000);
    await scene.settles();
    assert.equal(scene.sink.lists, scene.watches);
  });

  test('the machine slept: connections are made anew at the next check', async (context) => {
    const scene = await start(context);
    scene.proxy.freeze();
    changeBehind(scene);
    scene.clock.sleep(3_600_000);
    await scene.settles(20_000);
  });

  test('bookmarks keep a quiet connection, and move the place', async (context) => {
    const scene = await start(context);
    const { connections } = scene.proxy;
    for (let minute = 0; minute < 5; minute++) {
      await scene.clock.advance(60_000);
      scene.server.put({ ...kustomization('other'), kind: 'Bucket', apiVersion: 'source.toolkit.fluxcd.io/v1' });
      scene.server.bookmark();
      await turn(20);
    }
    assert.equal(scene.proxy.connections, connections);
    scene.server.compact();
    scene.proxy.cut();
    changeBehind(scene);
    await scene.settles();
    assert.equal(scene.sink.lists, scene.watches, 'the bookmark was after what was forgotten');
  });

  test('a slow connection', async (context) => {
    const scene = await start(context);
    scene.proxy.slow = 7;
    for (let index = 0; index < 5; index++) scene.server.put(kustomization(`slow-${index}`));
    changeBehind(scene);
    await scene.settles();
    scene.proxy.slow = 0;
  });

  test('410 in the middle of a stream', async (context) => {
    const scene = await start(context);
    const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (2)' };
    scene.server.compact();
    scene.proxy.inject(`${JSON.stringify({ type: 'ERROR', object })}\n`);
    changeBehind(scene);
    await scene.settles();
    assert.ok(scene.sink.lists > scene.watches);
  });

  test('410 as the answer to a watch', async (context) => {
    const scene = await start(context);
    scene.proxy.down();
    changeBehind(scene);
    scene.server.compact();
    scene.server.put(kustomization('newer'));
    await turn(20);
    scene.proxy.up();
    await scene.settles();
    assert.ok(scene.sink.lists > scene.watches);
  });

  test('410 while a list goes on: it begins anew, and nothing is removed before it is complete', async (context) => {
    const scene = await openScene(context);
    for (let index = 0; index < 600; index++) scene.server.put(kustomization(`app-${index}`));
    let pages = 0;
    scene.server.intercept = ({ path, query }) => {
      if (!path.endsWith('/kustomizations') || query.get('watch') === 'true') return undefined;
      if (++pages === 2) scene.server.compact();
      return undefined;
    };
    scene.contexts.look();
    await scene.contexts.connect('test');
    await scene.settles();
    assert.equal(pages, 5);
    const limits = scene.server.seen
      .filter(({ path }) => path.endsWith('/kustomizations'))
      .map(({ query }) => Number(query.get('limit')));
    assert.ok(Math.max(...limits) <= 250);
  });

  for (const [name, headers, least] of [
    ['429 with Retry-After', { 'retry-after': '3' }, 3_000],
    ['429 without Retry-After', {}, 0],
    ['500', undefined, 0],
  ] as const) {
    test(name, async (context) => {
      const scene = await start(context);
      let refused = 0;
      let asked = 0;
      const end = scene.clock.now() + 2_000;
      scene.proxy.answer = () => {
        asked++;
        if (refused >= 12 || scene.clock.now() > end) return undefined;
        refused++;
        const code = headers === undefined ? 500 : 429;
        return { status: code, headers: headers ?? {}, body: JSON.stringify(status(code, 'X', 'not now').body) };
      };
      const began = scene.clock.now();
      scene.proxy.cut();
      changeBehind(scene);
      await scene.settles(8_000);
      assert.ok(refused >= scene.watches);
      assert.ok(scene.clock.now() - began >= least);
      assert.ok(asked < 60, `${asked} requests`);
    });
  }

  test('an answer that is no JSON', async (context) => {
    const scene = await start(context);
    let left = 6;
    scene.proxy.answer = () => (left-- > 0 ? { status: 200, body: '<html>log in</html>\n' } : undefined);
    scene.proxy.cut();
    changeBehind(scene);
    await scene.settles();
  });

  test('a stream of one endless line is given up, in bounded memory', async (context) => {
    const scene = await start(context);
    const piece = 'x'.repeat(1024 * 1024);
    for (let index = 0; index < 12; index++) {
      scene.proxy.inject(piece);
      await turn(10);
    }
    changeBehind(scene);
    await scene.settles(10_000);
  });

  test('a stream that always ends at once is not opened without end', async (context) => {
    const scene = await start(context);
    let ended = 0;
    scene.proxy.answer = ({ url = '' }) =>
      url.includes('watch=true') ? (ended++, { status: 200, body: '' }) : undefined;
    scene.proxy.cut();
    await scene.clock.advance(60_000);
    assert.ok(ended < scene.watches * 12, `${ended} streams in a minute`);
    scene.proxy.answer = () => undefined;
    changeBehind(scene);
    await scene.settles(40_000);
  });
});

test('an object that the sink cannot take ends nothing', async (context) => {
  const scene = await openScene(context);
  const put = scene.sink.put.bind(scene.sink);
  scene.sink.put = (scope, object) => {
    if (JSON.stringify(object).includes('"poison"')) throw new TypeError('planted');
    put(scope, object);
  };
  await scene.connect();
  const { connections } = scene.proxy;
  scene.server.put(kustomization('poison'));
  scene.server.put(kustomization('app'));
  await until(() => scene.sink.held('Kustomization').length === 1);
  assert.equal(scene.proxy.connections, connections);
  assert.equal(scene.logged.filter((line) => line.includes('an object was not taken')).length, 1);
  assert.doesNotMatch(scene.logged.join(), /planted/);
});

describe('size', () => {
  test('10,000 objects', async (context) => {
    const scene = await openScene(context);
    for (let index = 0; index < 10_000; index++) scene.server.put(kustomization(`app-${index}`));
    await scene.connect();
    assert.equal(scene.sink.held('Kustomization').length, 10_000);
  });

  test('100 events a second for a minute: each arrives, none is doubled', async (context) => {
    const scene = await start(context);
    const before = scene.sink.puts;
    for (let second = 0; second < 60; second++) {
      for (let index = 0; index < 100; index++) scene.server.put(kustomization(`app-${index % 20}`));
      await scene.clock.advance(1_000);
      if (second === 20) scene.proxy.cut();
    }
    await scene.settles();
    assert.ok(scene.sink.puts - before >= 5_900 && scene.sink.puts - before <= 6_000);
  });
});

test('a storm leaves nothing behind in memory', async (context) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const scene = await start(context);
  const padding = 'x'.repeat(20_000);
  const event = (index: number): void => {
    const object = kustomization(`app-${index % 20}`);
    scene.server.put({ ...object, spec: { ...(object['spec'] as object), padding: `${index} ${padding}` } });
    // What the server of the test remembers is not what is measured.
    scene.server.compact();
  };
  const heap = (): number => {
    scene.server.seen.length = 0;
    collect();
    return process.memoryUsage().heapUsed;
  };
  for (let index = 0; index < 200; index++) event(index);
  await scene.settles();
  const before = heap();
  for (let second = 0; second < 20; second++) {
    for (let index = 0; index < 100; index++) event(second * 100 + index);
    await scene.settles();
  }
  // 2,000 events of 20 KB: kept, they would be 40 MB.
  assert.ok(heap() - before < 4_000_000, `${heap() - before} bytes more`);
});

describe('rights', () => {
  test('a kind that may not be listed is a named state; the others go on', async (context) => {
    const scene = await openScene(context);
    scene.server.allows = (_, verb, { kind }) => kind !== 'HelmRelease' || verb !== 'list';
    scene.server.put(kustomization('app'));
    scene.contexts.look();
    await scene.contexts.connect('test');
    await scene.settles();
    await until(() => scene.sink.state('HelmRelease', 'team-a')?.name === 'forbidden');
    const state = scene.sink.state('HelmRelease', 'team-a');
    assert.ok(state?.name === 'forbidden');
    assert.match(
      state.message,
      /cannot list .*helmreleases.* list and watch on helmreleases in namespace team-a of test\.$/,
    );
  });

  test('where all namespaces are forbidden, each given one is watched', async (context) => {
    const scene = await openScene(context, { namespaces: ['team-b', 'team-c'] });
    scene.server.allows = (_, __, ___, namespace) => namespace === 'team-a' || namespace === 'team-b';
    scene.server.put(kustomization('a', 'team-a'));
    scene.server.put(kustomization('b', 'team-b'));
    scene.server.put(kustomization('c', 'team-c'));
    scene.contexts.look();
    await scene.contexts.connect('test');
    await until(
      () =>
        scene.sink.state('Kustomization', 'team-b')?.name === 'live' && scene.sink.held('Kustomization').length === 2,
    );
    await until(() => scene.sink.state('Kustomization', 'team-c')?.name === 'forbidden');
    assert.equal(scene.sink.state('Kustomization')?.name, 'forbidden');
    scene.server.put(kustomization('a2', 'team-a'));
    await until(() => scene.sink.held('Kustomization').length === 3);
    // Rights that are given later are found.
    scene.server.allows = () => true;
    await scene.clock.advance(5 * 60_000 + 1_000);
    await scene.clock.advanceUntil(() => scene.sink.state('Kustomization')?.name === 'live', 5_000);
    scene.server.put(kustomization('d', 'team-d'));
    await scene.settles();
  });
});
