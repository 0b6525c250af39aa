import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { Contexts, wallClock, type KubePorts } from '../../client/kube/kube';
import { machineClock } from '../../client/status/clock';
import { Slices } from '../../client/status/slices';
import { StatusStore } from '../../client/status/store/status-store';
import { badgeOf } from '../../client/status/tree/badge';
import { everything } from '../../client/status/tree/filter';
import { LoadedTree } from '../../client/status/tree/loaded-tree';
import { statusBarText } from '../../client/status/tree/status-bar';
import { TreeModel, viewSections } from '../../client/status/tree/tree-model';
import { TreeUpdates } from '../../client/status/tree/tree-updates';
import { ReplayedApiServer } from '../kube/support/api-server';
import { oneOfMany } from '../kube/support/many-objects';
import { kubeconfigFor, kubeWorld } from '../kube/support/scene';
import { EventLoopWatch } from '../support/event-loop-watch';

// What a window does with 10,000 objects, without an editor: the client of a cluster, the store, and the trees of the views
// with a page of rows that an editor would have open. The API server has a process of its own. Figures are printed; blocks
// are judged by the processor time of the thread, since the machine may be busy with others.

const count = 10_000;
const perSecond = 100;
const stormFor = 60_000;
const longestBlock = 50;

if (process.argv.includes('serve')) void serve();
else test('how long the event loop stands still with 10,000 objects', measure);

/** The API server: sends its address; a storm begins and the process ends on a word. */
async function serve(): Promise<void> {
  const server = new ReplayedApiServer();
  for (let at = 0; at < count; at++) server.put(oneOfMany(at));
  server.compact();
  process.send?.(await server.start());
  process.on('message', (said) => {
    if (said !== 'storm') process.exit();
    let round = 0;
    setInterval(() => {
      round++;
      for (let event = 0; event < perSecond / 20; event++) {
        server.put(oneOfMany((round * 37 + event * 1009) % count, { round, isFailing: (round + event) % 40 === 0 }));
      }
    }, 50);
  });
}

function ports(url: string, slices: Slices): KubePorts {
  const { ports: inMemory } = kubeWorld(kubeconfigFor(url));
  return { ...inMemory, clock: wallClock, slices };
}

interface Told {
  events: number;
  objects: number;
  rows: number;
}

/** The trees of the three views; what their editors are told is counted. */
function openTrees(store: StatusStore, slices: Slices): { readonly first: LoadedTree; readonly told: Told } {
  const told: Told = { events: 0, objects: 0, rows: 0 };
  const all = Object.entries(viewSections).map(([name, sections]) => {
    const selection = { sections, filter: everything, favorites: new Set<string>(), checks: name === 'controllers' };
    const tree = new LoadedTree(new TreeModel(store, { ...selection, mode: 'kind' }));
    const show = (): void => {
      for (const { path } of tree.children(undefined)) tree.children(path);
    };
    const updates: TreeUpdates = new TreeUpdates({
      clock: machineClock,
      slices,
      tree: () => tree,
      tell: (rows) => {
        told.rows += rows?.length ?? 1;
        if (rows === undefined) show();
        for (const path of rows ?? []) updates.asked(path);
      },
    });
    show();
    return { tree, updates };
  });
  store.onChange((change) => {
    told.events++;
    told.objects += change.objects.size;
    statusBarText(store);
    badgeOf(store);
    for (const { updates } of all) updates.take(change);
  });
  const [objects] = all;
  assert.ok(objects);
  return { first: objects.tree, told };
}

async function measure(context: TestContext): Promise<void> {
  const child = fork(__filename, ['serve'], { execArgv: [] });
  const slices = new Slices();
  const store = new StatusStore(machineClock, undefined, slices);
  const [url] = (await once(child, 'message')) as [string];
  const contexts = new Contexts(ports(url, slices), store, () => undefined);
  const { first, told } = openTrees(store, slices);
  const loop = new EventLoopWatch();
  context.after(() => {
    loop.end();
    contexts.dispose();
    store.dispose();
    child.send('end');
  });
  const sayOf = (what: string): void => {
    const blocks = loop.take();
    const worst = blocks.slice(0, 5).map(({ cpu, wall }) => `${cpu.toFixed(0)} (on the wall ${wall.toFixed(0)})`);
    context.diagnostic(`${what}: longest blocks of the thread ${worst.join(', ')} ms of CPU`);
    context.diagnostic(`${what}: ${told.events} events of ${told.objects} objects, ${told.rows} rows told`);
    Object.assign(told, { events: 0, objects: 0, rows: 0 });
    assert.ok((blocks[0]?.cpu ?? 0) <= longestBlock, `${what}: the loop stood still`);
  };
  await pause(500);
  loop.take();
  const [calm, empty] = [spent(), process.memoryUsage().rss];
  contexts.look();
  await contexts.connect('test');
  const isThere = (): boolean => {
    const scopes = [...(store.find('test')?.scopes.values() ?? [])];
    return store.find('test')?.size === count && scopes.every(({ state }) => state.name !== 'loading');
  };
  while (!isThere()) await pause(20);
  await pause(1_000);
  const [listed, full] = [spent(), process.memoryUsage().rss];
  sayOf('while listing');
  context.diagnostic(`while listing: ${Math.round(listed - calm)} ms of CPU, RSS ${mb(empty)} → ${mb(full)} MB`);
  assert.ok(listed - calm < 3_000, 'CPU while listing');
  assert.ok(full - empty < 150 * 1024 * 1024, 'memory while listing');

  // A page of rows is open.
  const below = (path: string | undefined, label: RegExp): string =>
    first.children(path).find((node) => label.test(node.label))?.path ?? '';
  const page = below(below(below(undefined, /^test$/), /^Kustomizations/), /^object-00000/);
  assert.equal(first.children(page).length, 500);
  await pause(500);
  loop.take();
  const before = spent();
  child.send('storm');
  await pause(stormFor);
  const share = (spent() - before) / stormFor;
  sayOf('in the storm');
  context.diagnostic(`in the storm: ${(share * 100).toFixed(1)} % of a CPU, RSS ${mb(process.memoryUsage().rss)} MB`);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const spent = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const mb = (bytes: number): number => Math.round(bytes / 1024 / 1024);
