import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { Contexts, nodePrograms, wallClock, type KubePorts } from '../../client/kube/kube';
import { machineClock } from '../../client/status/clock';
import { Slices } from '../../client/status/slices';
import { StatusStore } from '../../client/status/store/status-store';
import { badgeOf } from '../../client/status/tree/badge';
import { everything } from '../../client/status/tree/filter';
import { LoadedTree } from '../../client/status/tree/loaded-tree';
import { statusBarText } from '../../client/status/tree/status-bar';
import { TreeModel, viewSections } from '../../client/status/tree/tree-model';
import { TreeUpdates } from '../../client/status/tree/tree-updates';
import { type TreeNode } from '../../client/status/tree/tree-node';
import { ReplayedApiServer } from '../kube/support/api-server';
import { oneOfMany } from '../kube/support/many-objects';
import { kubeconfigFor, kubeconfigPath, MemoryFiles } from '../kube/support/scene';
import { EventLoopWatch, type LoopBlock } from '../support/event-loop-watch';

// What a window does with 10,000 objects, without an editor: the clients of a cluster, the store, and the trees of the views
// with the rows that an editor would have. The API server has a process of its own.

const count = 10_000;
const perSecond = 100;
const stormFor = Number(process.env['STORM'] ?? 20) * 1000;

if (process.argv.includes('serve')) void serve();
else test('how long the event loop stands still', measure);

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
  const files = new MemoryFiles();
  files.texts.set(kubeconfigPath, kubeconfigFor(url));
  const stored = new Map<string, string>();
  return {
    environment: { variables: {}, platform: 'linux', home: '/home/me', machine: 'this machine' },
    files,
    programs: nodePrograms,
    clock: wallClock,
    random: Math.random,
    slices,
    storage: {
      get: (key) => stored.get(key),
      set: (key, value) => (value === undefined ? stored.delete(key) : stored.set(key, value), Promise.resolve()),
    },
    prompts: { allowPlugin: () => Promise.resolve(true) },
    settings: { namespaces: () => [], isReadOnly: () => false },
    log: { write: () => undefined },
  };
}

async function measure(): Promise<void> {
  const child: ChildProcess = fork(__filename, ['serve'], { execArgv: [] });
  const [url] = (await once(child, 'message')) as [string];
  const slices = new Slices();
  const store = new StatusStore(machineClock, undefined, slices);
  const trees = [viewSections.objects, viewSections.sources, viewSections.controllers].map((sections, at) => {
    const tree = new LoadedTree(
      new TreeModel(store, {
        sections,
        mode: 'kind',
        filter: everything,
        favorites: new Set<string>(),
        checks: at === 2,
      }),
    );
    tree.children(undefined);
    return tree;
  });
  const updates = trees.map(
    (tree) =>
      new TreeUpdates({
        clock: machineClock,
        slices,
        tree: () => tree,
        tell: (rows) => {
          tells++;
          rowsTold += rows?.length ?? 1;
          for (const path of rows ?? []) if (tree.node(path)) updates[trees.indexOf(tree)]?.asked(path);
          if (rows === undefined) for (const { path } of tree.children(undefined)) tree.children(path);
        },
      }),
  );
  let tells = 0;
  let events = 0;
  let told = 0;
  let rowsTold = 0;
  store.onChange((change) => {
    events++;
    told += change.objects.size;
    statusBarText(store);
    badgeOf(store);
    for (const one of updates) one.take(change);
  });
  const contexts = new Contexts(ports(url, slices), store, () => undefined);
  const loop = new EventLoopWatch();
  await new Promise((resolve) => setTimeout(resolve, 500));
  loop.take();
  const rss = process.memoryUsage().rss;
  const cpu = spent();
  contexts.look();
  await contexts.connect('test');
  const began = performance.now();
  while (
    ![...(store.find('test')?.scopes.values() ?? [])].every(
      ({ state }) => state.name === 'live' || state.name === 'absent',
    ) ||
    (store.find('test')?.size ?? 0) < count
  )
    await new Promise((resolve) => setTimeout(resolve, 20));
  const listed = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  console.log(
    `listed after ${Math.round(listed)} ms, ${Math.round(spent() - cpu)} ms of CPU, ${events} events with ${told} ids`,
  );
  report('while listing', loop.take());
  console.log(`RSS ${mb(rss)} → ${mb(process.memoryUsage().rss)} MB`);
  // A page of rows is open.
  const [first] = trees;
  const find = (nodes: readonly TreeNode[], label: RegExp): string =>
    nodes.find((node) => label.test(node.label))?.path ?? '';
  const context = first?.children(undefined)[0]?.path ?? '';
  const group = find(first?.children(context) ?? [], /^Kustomizations/);
  const page = find(first?.children(group) ?? [], /^object-00000/);
  assert.equal(first?.children(page).length, 500);
  await new Promise((resolve) => setTimeout(resolve, 500));
  loop.take();
  [events, told, rowsTold, tells] = [0, 0, 0, 0];
  const calm = spent();
  child.send('storm');
  await new Promise((resolve) => setTimeout(resolve, stormFor));
  report('in the storm', loop.take());
  console.log(
    `${(((spent() - calm) / stormFor) * 100).toFixed(1)} % of a CPU, RSS ${mb(process.memoryUsage().rss)} MB, ${events} events with ${told} ids, ${rowsTold} rows in ${tells} pieces`,
  );
  loop.end();
  contexts.dispose();
  store.dispose();
  child.send('end');
}

const spent = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const mb = (bytes: number): number => Math.round(bytes / 1024 / 1024);

function report(what: string, blocks: readonly LoopBlock[]): void {
  const worst = blocks
    .slice(0, 6)
    .map(({ at, wall, cpu }) => `${cpu.toFixed(0)} (wall ${wall.toFixed(0)}, at ${at.toFixed(0)})`);
  console.log(
    `${what}: longest blocks by CPU ${worst.join(', ')} ms; ${blocks.filter((b) => b.cpu > 25).length} over 25`,
  );
}
