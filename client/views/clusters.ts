import * as vscode from 'vscode';
import { type LanguageServer } from '../language/language-server';
import { type ClusterInfo } from '../../server/protocol/repository';
import { clusterLook } from './cluster-look';

interface ClusterItem {
  readonly root: string;
  readonly cluster: ClusterInfo;
}

/** The clusters the open repositories describe, with the Flux version each targets. */
export class ClustersView implements vscode.TreeDataProvider<ClusterItem> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly server: Pick<LanguageServer, 'status'>) {}

  refresh(): void {
    this.changed.fire(undefined);
  }

  getChildren(parent?: ClusterItem): ClusterItem[] {
    if (parent !== undefined) return [];
    const { clusters } = this.server.status();
    return [...clusters].flatMap(([root, ofRoot]) => ofRoot.map((cluster) => ({ root, cluster })));
  }

  getTreeItem({ root, cluster }: ClusterItem): vscode.TreeItem {
    const { description, tooltip, label, color } = clusterLook(cluster);
    const item = new vscode.TreeItem(cluster.path);
    item.id = `${root}|${cluster.path}`;
    item.description = description;
    item.tooltip = tooltip;
    item.iconPath = new vscode.ThemeIcon(
      'server-environment',
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
    item.contextValue = 'cluster';
    item.accessibilityInformation = { label };
    return item;
  }
}
