import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { watchedKinds } from '../../client/kube/api/watched-kinds';
import { Contexts, wallClock } from '../../client/kube/kube';
import { machineClock } from '../../client/status/clock';
import { Slices } from '../../client/status/slices';
import { watchedControllers } from '../../client/status/kinds/watched-controllers';
import { StatusStore } from '../../client/status/store/status-store';
import { ReplayedApiServer } from '../kube/support/api-server';
import { oneOfMany } from '../kube/support/many-objects';
import { kubeconfigFor, kubeWorld } from '../kube/support/scene';

// What a connected context costs while nothing happens in it: the watches of all kinds, a bookmark for each every half
// minute (a real API server sends one a minute), and the store's own look at the time. The API server has a process of
// its own. The bound is the one that was asked for; the figure is printed.

const objects = 1_000;
const idleFor = 60_000;
const most = 0.002;

if (process.argv.includes('serve')) void serve();
else test('what watching all kinds costs while nothing happens', measure);

async function serve(): Promise<void> {
  const server = new ReplayedApiServer();
  for (let at = 0; at < objects; at++) server.put(oneOfMany(at));
  server.compact();
  process.send?.(await server.start());
  setInterval(() => server.bookmark(), 30_000);
  process.on('message', () => process.exit());
}

async function measure(context: TestContext): Promise<void> {
  const child = fork(__filename, ['serve'], { execArgv: [] });
  const slices = new Slices();
  const store = new StatusStore(machineClock, undefined, slices);
  const [url] = (await once(child, 'message')) as [string];
  const { ports } = kubeWorld(kubeconfigFor(url));
  const contexts = new Contexts({ ...ports, clock: wallClock, slices }, store, () => undefined);
  context.after(() => {
    contexts.dispose();
    store.dispose();
    child.send('end');
  });
  let told = 0;
  store.onChange(() => told++);
  contexts.look();
  await contexts.connect('test');
  const watches = watchedKinds.length + watchedControllers.length;
  const isLive = (): boolean => {
    const scopes = [...(store.find('test')?.scopes.values() ?? [])];
    return scopes.length === watches && scopes.every(({ state }) => state.name === 'live');
  };
  for (let waits = 0; !isLive(); waits++) {
    assert.ok(waits < 1_200, 'a minute after it was connected a watch is not live');
    await pause(50);
  }
  assert.equal(store.find('test')?.size, objects);
  await pause(5_000);
  told = 0;
  const before = process.cpuUsage();
  await pause(idleFor);
  const { user, system } = process.cpuUsage(before);
  const share = (user + system) / 1000 / idleFor;
  context.diagnostic(`${watches} idle watches: ${(share * 100).toFixed(3)} % of a CPU over ${idleFor / 1000} s`);
  assert.ok(isLive());
  assert.equal(told, 0, 'nothing happened, and nothing was told');
  assert.ok(share <= most, `${share * 100} %`);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
