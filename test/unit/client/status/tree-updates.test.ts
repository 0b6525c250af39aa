import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatusStore } from '../../../../client/status/store/status-store';
import { everything } from '../../../../client/status/tree/filter';
import { LoadedTree } from '../../../../client/status/tree/loaded-tree';
import { childPath, type NodePath } from '../../../../client/status/tree/node-path';
import { TreeModel, viewSections } from '../../../../client/status/tree/tree-model';
import { TreeUpdates } from '../../../../client/status/tree/tree-updates';
import { FakeClock } from '../../../support/fake-clock';
import { HandSlices } from '../../../support/hand-slices';
import { feed, fullObject, idOf, scopeOf } from '../../../support/live-objects';

const context = childPath(undefined, 'context', 'bench');
const group = childPath(context, 'kind', 'helm.toolkit.fluxcd.io/HelmRelease');
const release = (name: string, status: 'True' | 'False') =>
  fullObject({ is: `HelmRelease n/${name}`, conditions: [`Ready ${status} Reason x`] });

/** A view with a group of 60 releases that is open, and what it tells, with the time. */
function openView() {
  const clock = new FakeClock();
  const began = clock.now();
  const store = new StatusStore(clock);
  const names = Array.from({ length: 60 }, (_, at) => `r${String(at).padStart(2, '0')}`);
  feed(
    store,
    names.map((name) => release(name, 'True')),
  );
  clock.advance(1_000);
  const options = {
    sections: viewSections.objects,
    mode: 'kind',
    filter: everything,
    favorites: new Set<string>(),
  } as const;
  const tree = new LoadedTree(new TreeModel(store, options));
  for (const path of [undefined, context, group]) tree.children(path);
  const told: string[] = [];
  const slices = new HandSlices();
  const name = (path: NodePath): string => {
    const node = tree.node(path);
    return node?.kind === 'object' ? node.label : (node?.description ?? 'gone');
  };
  const updates = new TreeUpdates({
    clock,
    slices,
    tree: () => tree,
    tell: (rows) => void told.push(`${clock.now() - began - 1_000}: ${rows?.map(name).join() ?? 'all'}`),
  });
  const end = store.onChange((change) => updates.take(change));
  return {
    clock,
    store,
    tree,
    updates,
    told,
    slices,
    end,
    /** Changes an object, and takes it over to the end. */
    async set(object: string, status: 'True' | 'False') {
      store.put(scopeOf('HelmRelease'), release(object, status));
      await this.pass(0);
    },
    async pass(milliseconds: number) {
      clock.advance(milliseconds);
      await slices.finish();
    },
  };
}

test('a row is told at once after a pause, and then at most every 210 ms', async () => {
  const view = openView();
  await view.set('r01', 'False');
  assert.deepEqual(view.told, ['0: r01']);
  for (let at = 0; at < 100; at++) {
    // Faster than the store would be.
    view.store.put(scopeOf('HelmRelease'), release('r02', at % 2 === 0 ? 'False' : 'True'));
    view.updates.take({ objects: new Set([idOf('HelmRelease n/r02')]), contexts: new Set() });
    await view.slices.finish();
    await view.pass(7);
  }
  const times = view.told.map((text) => Number(text.split(':')[0]));
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  assert.ok(gaps.length > 2 && gaps.every((gap) => gap >= 210 && gap < 225), gaps.join());
});

test('the text of a group with many rows waits, and is told once as it is then', async () => {
  const view = openView();
  await view.set('r01', 'False');
  await view.pass(300);
  await view.set('r02', 'False');
  await view.pass(200);
  assert.deepEqual(view.told, ['0: r01', '300: r02']);
  await view.pass(500);
  assert.deepEqual(view.told.slice(2), ['530: 2 failing']);
  await view.pass(5_000);
  assert.equal(view.told.length, 3);
});

test('the text of a group comes along with a piece of news, so that it holds up no row of the next one', async () => {
  const view = openView();
  await view.set('r01', 'False');
  const unchanged = { objects: new Set([idOf('HelmRelease n/r03')]), contexts: new Set<string>() };
  for (let at = 0; at < 3; at++) {
    await view.pass(208);
    view.updates.take(unchanged);
    await view.slices.finish();
  }
  assert.deepEqual(view.told, ['0: r01', '416: 1 failing']);
  await view.pass(210);
  await view.set('r02', 'False');
  assert.deepEqual(view.told.slice(2), ['834: r02']);
});

test('the text of a group that is soon as it was is never told', async () => {
  const view = openView();
  await view.set('r01', 'False');
  await view.pass(350);
  await view.set('r01', 'True');
  await view.pass(5_000);
  assert.deepEqual(view.told, ['0: r01', '350: r01']);
});

test('a group that the editor asked for meanwhile is told when it changes back', async () => {
  const view = openView();
  await view.set('r01', 'False');
  for (const path of [context, group]) view.updates.asked(path);
  await view.pass(400);
  await view.set('r01', 'True');
  await view.pass(5_000);
  assert.deepEqual(view.told, ['0: r01', '400: r01', '800: ']);
});

test('what is old below a row that is told is not told again', async () => {
  const view = openView();
  await view.set('r01', 'False');
  view.updates.old([context]);
  await view.pass(5_000);
  assert.deepEqual(view.told, ['0: r01', '210: 1 failing']);
});

test('many old rows are told in pieces, each of them once', () => {
  const { clock, updates, told } = openView();
  updates.old(Array.from({ length: 400 }, (_, at) => childPath(group, 'object', `x${at}`)));
  clock.advance(1_000);
  const pieces = told.map((line) => line.split(': '));
  assert.deepEqual(
    pieces.map(([at, rows = '']) => [Number(at), rows.split(',').length]),
    [
      [0, 150],
      [210, 150],
      [420, 100],
    ],
  );
});

test('all is told as one, and nothing after that', async () => {
  const view = openView();
  await view.set('r01', 'False');
  view.updates.tellAll();
  await view.pass(5_000);
  assert.deepEqual(view.told, ['0: r01', '0: all']);
});

test('much is taken over in steps, and told when all of it is', async () => {
  const view = openView();
  for (let at = 0; at < 450; at++) {
    view.store.put(scopeOf('HelmRelease'), release(`new${String(at).padStart(3, '0')}`, 'True'));
  }
  view.clock.advance(0);
  await view.slices.step(1);
  assert.deepEqual(view.told, []);
  assert.ok(view.slices.isBusy);
  await view.slices.finish();
  assert.deepEqual(view.told, ['0: 510']);
  assert.equal(view.tree.children(group).length, 2, 'pages');
});

test('a clock that is set back silences no view', async () => {
  const view = openView();
  await view.set('r01', 'False');
  view.clock.jump(-3_600_000);
  await view.set('r02', 'False');
  await view.pass(700);
  assert.deepEqual(
    view.told.map((text) => text.split(': ')[1]),
    ['r01', 'r02', '2 failing'],
  );
});

test('counts that change without end are told seldom, by the rows that an editor asks for again', async () => {
  const view = openView();
  for (let at = 0; at < 200; at++) await view.set('r01', at % 2 === 0 ? 'False' : 'True');
  for (let at = 0; at < 100; at++) {
    await view.set(`r${String(at % 60).padStart(2, '0')}`, 'False');
    await view.pass(219);
  }
  const counts = view.told.filter((text) => text.includes('failing')).map((text) => Number(text.split(':')[0]));
  const gaps = counts.slice(1).map((time, at) => time - (counts[at] ?? 0));
  assert.ok(gaps.length > 5 && gaps.every((gap) => gap >= 600 && gap < 1_500), gaps.join());
});
