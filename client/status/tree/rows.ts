import { type LiveStatus } from '../live/live-status';
import { type InventoryRows } from './applier-rows';
import { type Detail } from './object-node';
import { type TreeNode } from './tree-node';

/** Rows before they are made: nodes that are there, objects of which one row each is made, or what an object applied. */
export type Rows =
  | { readonly kind: 'nodes'; readonly nodes: readonly TreeNode[] }
  /** Groups of which there may be many. */
  | { readonly kind: 'groups'; readonly groups: readonly TreeNode[]; readonly before: readonly TreeNode[] }
  | {
      readonly kind: 'objects';
      readonly context: string;
      readonly objects: readonly LiveStatus[];
      readonly detail: Detail;
      /** What stands above them. */
      readonly before: readonly TreeNode[];
    }
  | InventoryRows;

export const noRows: Rows = { kind: 'nodes', nodes: [] };
