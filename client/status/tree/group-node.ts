import { findLiveKind } from '../kinds/index';
import { type LiveStatus } from '../live/live-status';
import { isFailing } from '../relations/standing';
import { kindName, type KindName } from './arrangement';
import { childPath, type NodePath } from './node-path';
import { type SortedHeap } from './sorted-heap';
import { treeNode, type TreeNode } from './tree-node';

/** A row that gathers others: how many, and how many of them fail. */
export function groupNode(path: NodePath, label: string, count: number, failing: number): TreeNode {
  const description = failing === 0 ? String(count) : `${count} · ${failing} failing`;
  return treeNode({ path, kind: 'group', label, description, isExpandable: true });
}

/** The row of a kind. */
export function heapNode(
  parent: NodePath,
  name: KindName,
  { objects, failing }: Pick<SortedHeap, 'objects' | 'failing'>,
): TreeNode {
  const { group = '', kind = name } = objects[0]?.id ?? {};
  const label = findLiveKind(group, kind)?.title ?? kind;
  return groupNode(childPath(parent, 'kind', name), label, objects.length, failing);
}

/** The rows of the kinds of some objects, in their order. */
export function kindGroups(parent: NodePath, objects: readonly LiveStatus[]): readonly TreeNode[] {
  const heaps = new Map<KindName, LiveStatus[]>();
  for (const status of objects) {
    const name = kindName(status.id);
    const heap = heaps.get(name);
    if (heap === undefined) heaps.set(name, [status]);
    else heap.push(status);
  }
  return [...heaps].map(([name, heap]) => {
    return heapNode(parent, name, { objects: heap, failing: heap.filter(isFailing).length });
  });
}
