import { findLiveKind } from '../kinds/index';
import { parseLiveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { childrenOf, type Child } from '../relations/children';
import { type LiveView } from '../relations/live-view';
import { compare } from './sorted-heap';
import { childPath, type NodePath } from './node-path';
import { treeNode, type TreeNode } from './tree-node';

/** What an object applied, sorted. */
export interface InventoryRows {
  readonly kind: 'inventory';
  readonly children: readonly Child[];
}

/** The children of an object by its inventory; undefined when it keeps none. */
export function inventoryRows(view: LiveView, context: string, status: LiveStatus): InventoryRows | undefined {
  const children = childrenOf(view, context, status);
  return children && { kind: 'inventory', children: [...children].sort(compare) };
}

/** What stands below an object without inventory: the words and numbers that are worth a row. */
export function detailRows(view: LiveView, path: NodePath, id: LiveId): readonly TreeNode[] {
  const address = parseLiveId(id);
  const status = address && view.statusIn(address.context, address.key);
  if (status === undefined) return [];
  const row = (name: string, label: string, description = ''): TreeNode =>
    treeNode({ path: childPath(path, 'message', name), kind: 'message', label, description });
  const { facts } = status;
  if (facts?.kind === 'controller') {
    return [
      ...facts.images.map((image, at) => row(`image ${at}`, image, 'image')),
      ...facts.arguments.map((argument, at) => row(`argument ${at}`, argument)),
    ];
  }
  const isUnlisted = findLiveKind(status.id.group, status.id.kind)?.inventory === 'newer' && facts?.kind === 'release';
  return isUnlisted ? [row('unlisted', 'What the release installed is listed by Flux 2.8 and newer.')] : [];
}
