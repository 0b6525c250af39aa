import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { type StatusChange } from '../store/change-batch';
import { gathersFaults, isBelow, parsePath, type NodePath } from './node-path';
import { sameNode, type TreeNode } from './tree-node';
import { type TreeModel } from './tree-model';

/** What an editor has to ask for again. */
export interface TreeChange {
  /** Rows that look different, or whose rows below came, went or moved. None lies below another. */
  readonly rows: readonly NodePath[];
  /**
   * Groups of which only their own text is another, each as it was: an editor that is told of one asks again for everything
   * that it loaded below, and that is much. None lies below one of `rows`.
   */
  readonly labels: readonly TreeNode[];
  /** The list of contexts itself is another: no event of an object ever does that. */
  readonly isRootListChanged: boolean;
}

interface LoadedList {
  readonly nodes: readonly TreeNode[];
  readonly byTarget: ReadonlyMap<LiveId, TreeNode>;
  /** {@link TreeModel.versionOf} when the rows were made. */
  readonly version: number | undefined;
}

function listOf(nodes: readonly TreeNode[], version: number | undefined): LoadedList {
  const byTarget = new Map<LiveId, TreeNode>();
  for (const node of nodes) if (node.target !== undefined) byTarget.set(node.target, node);
  return { nodes, byTarget, version };
}

/** The nearest object that a row lies below, itself included. */
const objectOf = (path: NodePath): LiveId | undefined =>
  parsePath(path)?.findLast(({ type }) => type === 'object')?.value;

/** What an update has found so far. */
interface Found {
  readonly rows: Set<NodePath>;
  readonly labels: Map<NodePath, TreeNode>;
}

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
    const nodes = this.model.children(path);
    this.lists.set(path, listOf(nodes, this.model.versionOf(path)));
    this.keepNodes(nodes);
    return nodes;
  }

  /** A row as it was last seen; undefined for one that was never shown, or has gone. */
  node(path: NodePath): TreeNode | undefined {
    return this.nodes.get(path);
  }

  /** The loaded rows that a test is true of. */
  rowsWhere(test: (node: TreeNode) => boolean): readonly NodePath[] {
    return [...this.nodes.values()].filter(test).map(({ path }) => path);
  }

  /** How many rows below a row are loaded. */
  rowsBelow(path: NodePath): number {
    let count = 0;
    for (const [list, { nodes }] of this.lists) if (list === path || isBelow(list, path)) count += nodes.length;
    return count;
  }

  /** The rows below were closed: they are worked out anew when they are asked for again. */
  unload(path: NodePath): void {
    this.lists.delete(path);
    for (const below of [...this.lists.keys()]) if (isBelow(below, path)) this.lists.delete(below);
  }

  /** Which of the loaded rows a change of the store makes old; those are known anew afterwards. */
  update({ objects, contexts }: StatusChange): TreeChange {
    const further = this.model.changed({ objects, contexts });
    const change = { objects: further.length === 0 ? objects : new Set([...objects, ...further]), contexts };
    const found: Found = { rows: new Set(), labels: new Map() };
    const isRootListChanged = this.updateRoots(found);
    // Shorter paths first: what lies below a row that is old is asked for again with it.
    for (const path of [...this.lists.keys()].sort((a, b) => a.length - b.length)) {
      const list = this.lists.get(path);
      if (list !== undefined && this.isTouched(path, list, change)) this.updateList(path, list, change, found);
    }
    const rows = topmost(found.rows);
    const labels = [...found.labels.values()].filter(
      ({ path }) => !rows.some((row) => row === path || isBelow(path, row)),
    );
    return { rows, labels, isRootListChanged };
  }

  private updateRoots(found: Found): boolean {
    if (this.roots === undefined) return false;
    const before = this.roots;
    this.roots = this.model.children(undefined);
    for (const node of this.roots) {
      this.replace(node, found);
    }
    const isSame =
      before.length === this.roots.length && before.every(({ path }, at) => path === this.roots?.[at]?.path);
    for (const { path } of before) {
      if (!isSame && !this.roots.some((node) => node.path === path)) this.forget(path);
    }
    return !isSame;
  }

  /** Rows of groups hang on their heap; those of an object on itself and on what they stand for. */
  private isTouched(path: NodePath, list: LoadedList, { objects, contexts }: StatusChange): boolean {
    const version = this.model.versionOf(path);
    if (version !== undefined) return version !== list.version;
    const owner = objectOf(path);
    if (owner !== undefined && (objects.has(owner) || contexts.has(parseLiveId(owner)?.context ?? ''))) return true;
    return list.nodes.some(({ target, listed }) => {
      if (target !== undefined) return objects.has(target) || contexts.has(parseLiveId(target)?.context ?? '');
      return listed?.context !== undefined && objects.has(liveId(listed.context, listed.id));
    });
  }

  private updateList(path: NodePath, before: LoadedList, { objects, contexts }: StatusChange, found: Found): void {
    const reuse = (target: LiveId): TreeNode | undefined => {
      if (objects.has(target)) return undefined;
      return contexts.size > 0 && contexts.has(parseLiveId(target)?.context ?? '')
        ? undefined
        : before.byTarget.get(target);
    };
    const nodes = this.model.children(path, reuse);
    const isSame =
      nodes.length === before.nodes.length && nodes.every((node, at) => node.path === before.nodes[at]?.path);
    if (!isSame) {
      found.rows.add(path);
      const kept = new Set(nodes.map((node) => node.path));
      for (const gone of before.nodes) if (!kept.has(gone.path)) this.forget(gone.path);
    }
    for (const node of nodes) {
      if (node.target !== undefined && before.byTarget.get(node.target) === node) continue;
      this.replace(node, found);
    }
    this.lists.set(path, listOf(nodes, this.model.versionOf(path)));
  }

  /** Keeps a row as it is now. */
  private replace(node: TreeNode, found: Found): void {
    const { path } = node;
    const known = this.nodes.get(path);
    this.nodes.set(path, node);
    if (known === undefined || sameNode(known, node)) return;
    // The state of an object is what is looked for: it is never put off.
    if (node.kind === 'object' || (this.rowsBelow(path) === 0 && !gathersFaults(path))) found.rows.add(path);
    else found.labels.set(path, known);
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

/** Those that lie below none of the others, shorter ones first. */
export function topmost(paths: ReadonlySet<NodePath>): readonly NodePath[] {
  const kept: NodePath[] = [];
  for (const path of [...paths].sort((a, b) => a.length - b.length)) {
    if (!kept.some((above) => isBelow(path, above))) kept.push(path);
  }
  return kept;
}
