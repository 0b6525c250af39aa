import { type ResourceId } from '../../../server/model/resource-id';
import { type LiveId } from '../live/live-id';
import { type StandingState } from '../relations/standing';
import { type NodePath } from './node-path';

/** What can be done with the object of a node; menus test these, never kinds. */
export type NodeCapability =
  | 'suspend'
  | 'resume'
  | 'reconcile'
  | 'reconcileWithSource'
  /** An upgrade can be forced, and failures be forgotten. */
  | 'force'
  /** It keeps what it did before. */
  | 'history'
  /** What it applies is rendered from files. */
  | 'applies'
  /** It applies to another cluster, which can be bound to a context. */
  | 'remote'
  /** It may be deleted: neither the root sync, its source nor the installation of Flux. */
  | 'delete'
  | 'favorite'
  | 'unfavorite';

/** One row of a view, as plain data. All texts are free of control characters, none is Markdown. */
export interface TreeNode {
  readonly path: NodePath;
  readonly kind: 'context' | 'group' | 'object' | 'listed' | 'page' | 'message';
  readonly label: string;
  readonly description: string;
  /** Undefined for rows that stand for no object. */
  readonly state: StandingState | undefined;
  /** Nothing is heard of it: whatever the state, it is as old as the connection. */
  readonly isStale: boolean;
  readonly isExpandable: boolean;
  /** The watched object it stands for. */
  readonly target: LiveId | undefined;
  /** The object it stands for where that is only listed; its context is undefined in a cluster nobody bound. */
  readonly listed: { readonly id: ResourceId; readonly context: string | undefined } | undefined;
  readonly capabilities: readonly NodeCapability[];
}

const plain = {
  description: '',
  state: undefined,
  isStale: false,
  isExpandable: false,
  target: undefined,
  listed: undefined,
  capabilities: [],
} as const;

/** A node with what is said of it; the rest is empty. */
export function treeNode(
  node: Pick<TreeNode, 'path' | 'kind' | 'label'> & Partial<Omit<TreeNode, 'path' | 'kind' | 'label'>>,
): TreeNode {
  return { ...plain, ...node };
}

/** Whether two nodes of one path look the same. */
export function sameNode(a: TreeNode, b: TreeNode): boolean {
  return (
    a === b ||
    (a.label === b.label &&
      a.description === b.description &&
      a.state === b.state &&
      a.isStale === b.isStale &&
      a.isExpandable === b.isExpandable &&
      a.capabilities.join() === b.capabilities.join())
  );
}
