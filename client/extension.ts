import * as vscode from 'vscode';
import { commands } from './commands';
import { type CommandContext } from './commands/command';
import { createLanguageServer } from './language/language-server';
import { ClustersView } from './views/clusters';
import { detectGitOps } from './views/gitops-detection';
import { GraphPanel } from './views/graph-panel';
import { LaterStates } from './views/live-states';
// A type-only statement: the module is loaded where GitOps content shows.
import type { Live } from './views/live/live';
import { followEncryptedFiles } from './views/secret/encrypted-context';
import { followPlainSecrets } from './views/secret/plain-secrets';
import { registerSecretEditor } from './views/secret/register';
import type { SecretEditor } from './views/secret/secret-editor';
import { ServerStatusItem } from './views/server-status';

/** Registers everything; the server starts, and anything heavy loads, only where there is GitOps content. */
export function activate(own: vscode.ExtensionContext): void {
  const { subscriptions, extension, extensionUri } = own;
  const log = vscode.window.createOutputChannel('Flux', { log: true });
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const server = createLanguageServer({
    load: () => import('./language/language-client'),
    module: vscode.Uri.joinPath(dist, 'server.js').fsPath,
    directory: dist.fsPath,
    log,
    schemes: documentSchemes(),
    isTrusted: () => vscode.workspace.isTrusted,
    textOf: (uri) => vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText(),
    now: () => performance.now(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onStatus: (status) => {
      statusItem.show(status);
      clustersView.refresh();
      graph.refresh();
      void opened?.then((view) => view.repositoryChanged());
    },
  });
  const statusItem = new ServerStatusItem(server);
  const clustersView = new ClustersView(server);
  let opened: Promise<Live> | undefined;
  const live = (): Promise<Live> => {
    opened ??= import('./views/live/live').then(({ openLive }) => {
      const view = openLive(own, log, server);
      states.become(view.states);
      return view;
    });
    return opened;
  };
  const begin = async (): Promise<void> => {
    await vscode.commands.executeCommand('setContext', 'fluxwright.isGitOps', true);
    await Promise.all([server.start(), live()]);
  };
  const states = new LaterStates();
  const graph = new GraphPanel({
    server,
    log,
    live: states,
    files: vscode.Uri.joinPath(dist, 'webview'),
    begin,
    pause: () => new Promise((resolve) => setTimeout(resolve, 200)),
  });
  let editor: Promise<SecretEditor> | undefined;
  const secrets = (): Promise<SecretEditor> => {
    editor ??= import('./views/secret/secret-editor').then(({ createSecretEditor }) =>
      createSecretEditor({
        own,
        files: vscode.Uri.joinPath(dist, 'webview'),
        log,
        server,
        edited: (edit) => secretEditor.edited(edit),
      }),
    );
    return editor;
  };
  const secretEditor = registerSecretEditor(secrets);
  const context: CommandContext = { server, graph, live, secrets, log, extension, begin };
  subscriptions.push(
    log,
    statusItem,
    vscode.window.registerTreeDataProvider('fluxwright.clusters', clustersView),
    graph.register(),
    secretEditor.disposable,
    followEncryptedFiles(),
    followPlainSecrets(),
    ...commands.map(({ id, run }) =>
      vscode.commands.registerCommand(id, (argument: unknown) => run(context, argument)),
    ),
    detectGitOps(() => void begin()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (server.status().state.kind !== 'idle') void server.restart();
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && server.focus()),
    { dispose: () => void server.stop() },
    { dispose: () => void opened?.then((view) => view.dispose()) },
    { dispose: () => void editor?.then((secret) => secret.dispose()) },
  );
}

/**
 * Files of the user's: on disk, not yet saved, remote, and those of a virtual workspace. Never `git:` or documents of
 * our own, which have no place in the graph.
 */
function documentSchemes(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(['file', 'untitled', 'vscode-remote', ...folders.map(({ uri }) => uri.scheme)])];
}
