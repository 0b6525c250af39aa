import { boundedText } from '../live/bounded-text';
import { type LiveView } from '../relations/live-view';
import { refusedKinds } from './connection';
import { childPath, type NodePath } from './node-path';
import { treeNode, type TreeNode } from './tree-node';

/** Value of the step of the row that gathers refused kinds. */
export const gatheredRefusals = 'refused';

// More of them would push what may be seen out of sight.
const fewRefusals = 3;

/** A row for each kind that may not be listed, with the server's words. @param path of the row that they stand under */
export function refusedRows(view: LiveView, path: NodePath, context: string): readonly TreeNode[] {
  return refusedKinds(view, context).map(({ name, title, message }) => {
    const label = boundedText(`${title} may not be listed`, 300);
    return treeNode({ path: childPath(path, 'message', name), kind: 'message', label, description: message });
  });
}

/** The same where many are refused: one row that gathers them and names the namespaces that are watched instead. */
export function fewRefusedRows(view: LiveView, path: NodePath, context: string): readonly TreeNode[] {
  const rows = refusedRows(view, path, context);
  if (rows.length <= fewRefusals) return rows;
  const watched = watchedNamespaces(view, context);
  const where = watched.length === 0 ? '' : `in all namespaces · watched in ${watched.join(', ')}`;
  return [
    treeNode({
      path: childPath(path, 'message', gatheredRefusals),
      kind: 'group',
      label: `${rows.length} kinds may not be listed`,
      description: boundedText(where, 300),
      isExpandable: true,
    }),
  ];
}

function watchedNamespaces(view: LiveView, context: string): readonly string[] {
  const names = [...(view.find(context)?.scopes.values() ?? [])].flatMap(({ scope, state }) =>
    scope.namespace === undefined || state.name === 'forbidden' ? [] : [scope.namespace],
  );
  return [...new Set(names)].sort();
}
