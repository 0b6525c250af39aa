import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { LoadedTree } from '../../../../client/status/tree/loaded-tree';
import { isBelow, type NodePath } from '../../../../client/status/tree/node-path';
import { TreeModel, viewSections, type TreeOptions } from '../../../../client/status/tree/tree-model';
import { TreeUpdates } from '../../../../client/status/tree/tree-updates';
import { type TreeNode } from '../../../../client/status/tree/tree-node';
import { everything } from '../../../../client/status/tree/filter';
import { idOf } from '../../../support/live-objects';
import { randomEvent, randomName } from '../../../support/random-objects';
import { HandSlices } from '../../../support/hand-slices';
import { StatusWorld } from '../../../support/status-world';

/** What an editor shows of a tree: it asks again for exactly those rows that it is told are old. */
class Editor {
  private roots: readonly NodePath[] = [];
  get rootsShown(): readonly NodePath[] {
    return this.roots;
  }

  private readonly shown = new Map<NodePath, { node: TreeNode | undefined; below: readonly NodePath[] | undefined }>();

  constructor(
    private readonly tree: LoadedTree,
    private readonly asked: (path: NodePath) => void = () => undefined,
  ) {
    this.loadRoots();
  }

  loadRoots(): void {
    this.roots = this.tree.children(undefined).map((node) => this.show(node));
    this.dropOrphans();
  }

  /** Opens one of the rows that can be opened; which one, the number says. */
  open(choice: number): void {
    const closed = [...this.shown].filter(([, { node, below }]) => node?.isExpandable === true && below === undefined);
    const [path] = closed[choice % Math.max(closed.length, 1)] ?? [];
    if (path !== undefined) this.load(path);
  }

  refresh(path: NodePath): void {
    const known = this.shown.get(path);
    assert.ok(known, `${path} was never shown`);
    this.asked(path);
    this.shown.set(path, { ...known, node: this.tree.node(path) });
    if (known.below === undefined) return;
    const open = [...this.shown].flatMap(([other, { below }]) =>
      below !== undefined && isBelow(other, path) ? [other] : [],
    );
    this.load(path);
    for (const other of open.sort((a, b) => a.length - b.length)) if (this.shown.has(other)) this.load(other);
  }

  shows(path: NodePath): boolean {
    return this.shown.has(path);
  }

  picture(): ReadonlyMap<NodePath | undefined, unknown> {
    const picture = new Map<NodePath | undefined, unknown>([[undefined, this.roots]]);
    for (const [path, { node, below }] of this.shown) picture.set(path, { ...node, below });
    return picture;
  }

  /** The same rows, asked of a model that remembers nothing. */
  rebuilt(model: TreeModel): ReadonlyMap<NodePath | undefined, unknown> {
    const nodes = new Map<NodePath, TreeNode>();
    const ask = (path: NodePath | undefined): readonly NodePath[] =>
      model.children(path).map((node) => {
        nodes.set(node.path, node);
        return node.path;
      });
    const picture = new Map<NodePath | undefined, unknown>([[undefined, ask(undefined)]]);
    const below = new Map<NodePath, readonly NodePath[]>();
    for (const [path, known] of this.shown) if (known.below !== undefined) below.set(path, ask(path));
    for (const path of this.shown.keys()) picture.set(path, { ...nodes.get(path), below: below.get(path) });
    return picture;
  }

  private load(path: NodePath): void {
    const below = this.tree.children(path).map((node) => this.show(node));
    const known = this.shown.get(path);
    if (known !== undefined) this.shown.set(path, { ...known, below });
    this.dropOrphans();
  }

  private show(node: TreeNode): NodePath {
    this.asked(node.path);
    this.shown.set(node.path, { below: undefined, ...this.shown.get(node.path), node });
    return node.path;
  }

  private dropOrphans(): void {
    const reached = new Set<NodePath>(this.roots);
    for (const path of reached) for (const child of this.shown.get(path)?.below ?? []) reached.add(child);
    for (const path of [...this.shown.keys()]) if (!reached.has(path)) this.shown.delete(path);
  }
}

const options: fc.Arbitrary<TreeOptions> = fc.record({
  sections: fc.constantFrom(viewSections.objects, viewSections.objects, viewSections.sources),
  mode: fc.constantFrom('kind' as const, 'namespace' as const, 'dependency' as const),
  faults: fc.boolean(),
  filter: fc.constantFrom(
    everything,
    { ...everything, text: 'one' },
    { ...everything, states: new Set(['failed', 'behind', 'waiting'] as const) },
  ),
  favorites: fc.array(randomName, { maxLength: 3 }).map((names) => new Set(names.map((name) => idOf(name, 'hub')))),
  rowsOfPage: fc.constantFrom(2, 3, 500),
});
const step = fc.oneof(
  { weight: 3, arbitrary: randomEvent },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('open' as const), choice: fc.nat(50) }) },
);

test('rows that are told to be old are enough to keep a tree as one that is built anew', () => {
  fc.assert(
    fc.property(options, fc.array(step, { minLength: 20, maxLength: 120, size: 'max' }), (choice, steps) => {
      const world = new StatusWorld();
      const tree = new LoadedTree(new TreeModel(world.store, choice));
      const editor = new Editor(tree);
      world.store.onChange((change) => {
        const { rows, labels, isRootListChanged } = tree.update(change);
        if (isRootListChanged) editor.loadRoots();
        for (const path of [...rows, ...labels.map((label) => label.path)])
          if (!isRootListChanged || tree.node(path) !== undefined) editor.refresh(path);
      });
      for (const each of [...steps, { type: 'wait', milliseconds: 220 } as const]) {
        if (each.type === 'open') editor.open(each.choice);
        else world.apply(each);
        if (each.type !== 'wait' || each.milliseconds < 220) continue;
        assert.deepEqual(editor.picture(), editor.rebuilt(new TreeModel(world.store, choice)));
      }
    }),
    { numRuns: 200, seed: 20_261_130 },
  );
});

test('the same in small steps between which more changes, with texts of groups told late', async () => {
  await fc.assert(
    fc.asyncProperty(
      options,
      fc.array(fc.tuple(step, fc.nat(6)), { minLength: 20, maxLength: 120, size: 'max' }),
      async (choice, steps) => {
        const slices = new HandSlices();
        const world = new StatusWorld(slices);
        const tree = new LoadedTree(new TreeModel(world.store, choice));
        const updates: TreeUpdates = new TreeUpdates({
          clock: world.clock,
          slices,
          tree: () => tree,
          objectsOfStep: 2,
          tell: (rows) => {
            if (rows === undefined) editor.loadRoots();
            // An editor does not know rows that went, or that it has not asked for yet.
            for (const path of rows ?? [...editor.rootsShown]) if (editor.shows(path)) editor.refresh(path);
          },
        });
        const editor: Editor = new Editor(tree, (path) => updates.asked(path));
        world.store.onChange((change) => updates.take(change));
        for (const [at, [each, count]] of steps.entries()) {
          if (each.type === 'open') editor.open(each.choice);
          else world.apply(each);
          await slices.step(count);
          if (at % 20 !== 19 && at < steps.length - 1) continue;
          for (let pause = 0; pause < 6; pause++) {
            world.clock.advance(220);
            await slices.finish();
          }
          assert.deepEqual(editor.picture(), editor.rebuilt(new TreeModel(world.store, choice)));
        }
      },
    ),
    { numRuns: 200, seed: 20_261_130 },
  );
});
