import * as vscode from 'vscode';
import { type LanguageServer, type ServerStatus } from '../language/language-server';
import { statusText } from '../language/status-text';

const severities = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
} as const;
const actions = {
  log: { title: 'Show Log', command: 'fluxwright.showLog' },
  restart: { title: 'Restart', command: 'fluxwright.restartServer' },
} as const;

/** The item in the language menu of YAML editors; hidden until the server was started for the first time. */
export class ServerStatusItem implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private item: vscode.LanguageStatusItem | undefined;

  constructor(private readonly server: Pick<LanguageServer, 'status'>) {
    // Another editor may belong to another root.
    this.subscriptions.push(vscode.window.onDidChangeActiveTextEditor(() => this.show()));
  }

  show(status: ServerStatus = this.server.status()): void {
    if (status.state.kind === 'idle') return;
    const shown = statusText(status.state, clustersHere(status), isVirtual());
    this.item ??= vscode.languages.createLanguageStatusItem('fluxwright.server', { language: 'yaml' });
    this.item.name = 'Flux';
    this.item.text = shown.text;
    this.item.detail = shown.detail;
    this.item.severity = severities[shown.severity];
    this.item.busy = shown.isBusy;
    this.item.command = { ...actions[shown.action] };
  }

  dispose(): void {
    this.item?.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

/** Clusters of the innermost root that holds the active editor, of the only root when there is one. */
function clustersHere({ clusters }: ServerStatus): ServerStatusClusters {
  const uri = vscode.window.activeTextEditor?.document.uri.toString() ?? '';
  const roots = [...clusters.keys()].filter((root) => uri === root || uri.startsWith(`${root.replace(/\/$/, '')}/`));
  const innermost = roots.sort((a, b) => b.length - a.length)[0];
  const only = clusters.size === 1 ? [...clusters.values()][0] : undefined;
  return (innermost === undefined ? only : clusters.get(innermost)) ?? [];
}

type ServerStatusClusters = Parameters<typeof statusText>[1];

function isVirtual(): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 0 && folders.every(({ uri }) => uri.scheme !== 'file' && uri.scheme !== 'vscode-remote');
}
