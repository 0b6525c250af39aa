import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { type StatusChange } from '../store/change-batch';
import { isBelow, parsePath, type NodePath } from './node-path';
import { sameNode, type TreeNode } from './tree-node';
import { type TreeModel } from './tree-model';

/** What an editor has to ask for again. */
export interface TreeChange {
  /** Rows that look different, or whose rows below came, went or moved. None lies below another. */
  readonly rows: readonly NodePath[];
  /** The list of contexts itself is another: no event of an object ever does that. */
  readonly isRootListChanged: boolean;
}

interface LoadedList {
  readonly nodes: readonly TreeNode[];
  readonly context: string;
}

const isOfObject = (path: NodePath): LiveId | undefined => {
  const last = parsePath(path)?.at(-1);
  return last?.type === 'object' ? last.value : undefined;
};

/**
 * The part of a tree that an editor has asked for, so that it can be told exactly which rows are old. Rows nobody opened
 * cost nothing.
 */
export class LoadedTree {
  private readonly lists = new Map<NodePath, LoadedList>();
  private readonly nodes = new Map<NodePath, TreeNode>();
  private roots: readonly TreeNode[] | undefined;

  constructor(private readonly model: TreeModel) {}

  /** The rows under a node, or of the view. */
  children(path: NodePath | undefined): readonly TreeNode[] {
    if (path === undefined) {
      this.roots = this.model.children(undefined);
      this.keepNodes(this.roots);
      return this.roots;
    }
    // Changes keep a list current, so that rows which are asked for again with one above them cost nothing.
    const known = this.lists.get(path);
    if (known !== undefined) return known.nodes;
    const [first] = parsePath(path) ?? [];
    const nodes = this.model.children(path);
    this.lists.set(path, { nodes, context: first?.value ?? '' });
    this.keepNodes(nodes);
    return nodes;
  }

  /** A row as it was last seen; undefined for one that was never shown, or has gone. */
  node(path: NodePath): TreeNode | undefined {
    return this.nodes.get(path);
  }

  /** The rows below were closed: they are worked out anew when they are asked for again. */
  unload(path: NodePath): void {
    this.lists.delete(path);
    for (const below of [...this.lists.keys()]) if (isBelow(below, path)) this.lists.delete(below);
  }

  /** Which of the loaded rows a change of the store makes old; those are known anew afterwards. */
  update({ objects, contexts }: StatusChange): TreeChange {
    const touched = new Set(contexts);
    for (const id of objects) touched.add(parseLiveId(id)?.context ?? '');
    this.model.changed(touched);
    const old = new Set<NodePath>();
    const isRootListChanged = this.updateRoots(touched, old);
    // Shorter paths first: what lies below a row that is old is asked for again with it.
    for (const path of [...this.lists.keys()].sort((a, b) => a.length - b.length)) {
      const list = this.lists.get(path);
      if (list === undefined || !isTouched(path, list, objects, touched, contexts)) continue;
      this.updateList(path, list, objects, contexts, old);
    }
    return { rows: topmost(old), isRootListChanged };
  }

  private updateRoots(touched: ReadonlySet<string>, old: Set<NodePath>): boolean {
    if (this.roots === undefined) return false;
    const before = this.roots;
    this.roots = this.model.children(undefined);
    for (const node of this.roots) {
      const known = this.nodes.get(node.path);
      if (known !== undefined && !sameNode(known, node)) old.add(node.path);
      this.nodes.set(node.path, node);
    }
    const isSame =
      before.length === this.roots.length && before.every(({ path }, at) => path === this.roots?.[at]?.path);
    for (const { path } of before) {
      if (!isSame && touched.size > 0 && !this.roots.some((node) => node.path === path)) this.forget(path);
    }
    return !isSame;
  }

  private updateList(
    path: NodePath,
    before: LoadedList,
    objects: ReadonlySet<LiveId>,
    contexts: ReadonlySet<string>,
    old: Set<NodePath>,
  ): void {
    const reuse = (child: NodePath): TreeNode | undefined => {
      const known = this.nodes.get(child);
      const { target } = known ?? {};
      if (target === undefined || objects.has(target)) return undefined;
      return contexts.has(parseLiveId(target)?.context ?? '') ? undefined : known;
    };
    const nodes = this.model.children(path, reuse);
    const isSame =
      nodes.length === before.nodes.length && nodes.every((node, at) => node.path === before.nodes[at]?.path);
    if (!isSame) {
      old.add(path);
      const kept = new Set(nodes.map((node) => node.path));
      for (const gone of before.nodes) if (!kept.has(gone.path)) this.forget(gone.path);
    }
    for (const node of nodes) {
      const known = this.nodes.get(node.path);
      if (known !== undefined && !sameNode(known, node)) old.add(node.path);
      this.nodes.set(node.path, node);
    }
    this.lists.set(path, { nodes, context: before.context });
  }

  private keepNodes(nodes: readonly TreeNode[]): void {
    for (const node of nodes) this.nodes.set(node.path, node);
  }

  private forget(path: NodePath): void {
    this.nodes.delete(path);
    this.lists.delete(path);
    for (const below of [...this.lists.keys()]) if (isBelow(below, path)) this.lists.delete(below);
    for (const below of [...this.nodes.keys()]) if (isBelow(below, path)) this.nodes.delete(below);
  }
}

/** Lists of groups hang on everything of their context; those of an object on itself and on what they hold. */
function isTouched(
  path: NodePath,
  { nodes, context }: LoadedList,
  objects: ReadonlySet<LiveId>,
  touched: ReadonlySet<string>,
  contexts: ReadonlySet<string>,
): boolean {
  const owner = isOfObject(path);
  if (owner === undefined) return touched.has(context);
  if (objects.has(owner)) return true;
  return nodes.some(({ target, listed }) => {
    if (target !== undefined) return objects.has(target) || contexts.has(parseLiveId(target)?.context ?? '');
    return listed?.context !== undefined && objects.has(liveId(listed.context, listed.id));
  });
}

function topmost(paths: ReadonlySet<NodePath>): readonly NodePath[] {
  const kept: NodePath[] = [];
  for (const path of [...paths].sort((a, b) => a.length - b.length)) {
    if (!kept.some((above) => isBelow(path, above))) kept.push(path);
  }
  return kept;
}
