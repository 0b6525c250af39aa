import * as vscode from 'vscode';
import type { ConnectionState } from '../../kube/kube';
import { type TreeNode } from '../../status/tree/tree-node';
import { failedText, rowContext, rowIcon, rowLabel, runningContext, type RowIcon } from './row-look';

/**
 * A row as the editor shows it. Its identity is the way to it, so an object under two parents is two rows.
 * @param surroundings the connection of the context, for the row of a context; whether a command works on the object
 */
export function rowItem(
  node: TreeNode,
  { connection, isRunning }: { readonly connection: ConnectionState | undefined; readonly isRunning: boolean },
): vscode.TreeItem {
  const failed = connection && failedText(connection);
  const shown = failed === undefined ? node : { ...node, description: failed.word, isStale: true };
  const item = new vscode.TreeItem(shown.label, collapsible(shown));
  item.id = node.path;
  item.description = shown.description;
  item.contextValue = isRunning ? runningContext : rowContext(shown);
  const { icon, color }: RowIcon = isRunning ? { icon: 'loading~spin' } : rowIcon(shown);
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.accessibilityInformation = {
    label: isRunning ? `${rowLabel(shown)}, in progress` : rowLabel(shown),
    role: 'treeitem',
  };
  // Objects get theirs when it is asked for.
  if (node.kind !== 'object')
    item.tooltip = failed?.message ?? [node.label, node.description].filter(Boolean).join('\n');
  return item;
}

function collapsible({ kind, isExpandable }: TreeNode): vscode.TreeItemCollapsibleState {
  if (!isExpandable) return vscode.TreeItemCollapsibleState.None;
  return kind === 'context' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
