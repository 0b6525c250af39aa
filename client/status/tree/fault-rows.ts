import { parseLiveId, type LiveId } from '../live/live-id';
import { describeKey } from '../relations/behind';
import { type LiveView } from '../relations/live-view';
import { type Fault } from '../relations/root-cause';
import { childPath, type NodePath } from './node-path';
import { objectNode } from './object-node';
import { treeNode, type TreeNode } from './tree-node';

/** So many objects that fail or wait are looked at: who has more has one fault that they all hang on, and it is among the first. */
export const mostFaulty = 300;

const blocks = (count: number): string => (count === 0 ? '' : `blocks ${count}`);

/**
 * The row that gathers the first causes of all that fails or waits in a context.
 * @param isCut more fail than were looked at
 */
export function faultsNode(parent: NodePath, faults: readonly Fault[], isCut: boolean): TreeNode {
  const blocked = faults.reduce((sum, fault) => sum + fault.blocked.length, 0);
  return treeNode({
    path: childPath(parent, 'faults', ''),
    kind: 'group',
    label: 'Root Causes',
    description: [String(faults.length), blocks(blocked), isCut ? 'and more' : ''].filter(Boolean).join(' · '),
    isExpandable: true,
  });
}

/** One row for each first cause, the one that blocks most on top; also for objects that do not exist. */
export function faultRows(
  view: LiveView,
  path: NodePath,
  faults: readonly Fault[],
  favorites: ReadonlySet<LiveId>,
): readonly TreeNode[] {
  return faults.map(({ root, blocked }) => {
    const status = view.get(root);
    const isExpandable = blocked.length > 0;
    if (status === undefined) {
      const label = `${describeKey(parseLiveId(root)?.key ?? '')} does not exist`;
      const place = childPath(path, 'object', root);
      return treeNode({ path: place, kind: 'message', label, description: blocks(blocked.length), isExpandable });
    }
    const row = objectNode(view, path, root, status, { detail: 'both', isExpandable, favorites });
    return { ...row, description: [row.description, blocks(blocked.length)].filter(Boolean).join(' · ') };
  });
}

/** What hangs on one of them. */
export function blockedRows(
  view: LiveView,
  path: NodePath,
  blocked: readonly LiveId[],
  favorites: ReadonlySet<LiveId>,
): readonly TreeNode[] {
  return blocked.flatMap((id) => {
    const status = view.get(id);
    return status === undefined
      ? []
      : [objectNode(view, path, id, status, { detail: 'both', isExpandable: false, favorites })];
  });
}
