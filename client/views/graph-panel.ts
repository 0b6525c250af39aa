import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { graphRequest, locateRequest } from '../../server/protocol/messages';
import {
  readGraphPageMessage,
  versioned,
  type GraphHostMessage,
  type GraphPageMessage,
  type SaveFormat,
} from '../../webview/protocol';
import { type LanguageServer } from '../language/language-server';
import { type ServerState } from '../language/server-state';
import { statusText } from '../language/status-text';
import { coalesced } from './coalesced';
import { pageHtml } from './page-html';
import { graphMessage, offeredClusters, statesMessage, type OfferedCluster } from './graph-messages';
import { type LiveStates } from './live-states';
import { mermaidLimit, savedText } from './saved-graph';

const viewType = 'fluxwright.graph';

export interface GraphPanelOptions {
  readonly server: Pick<LanguageServer, 'status' | 'ask'>;
  readonly log: vscode.LogOutputChannel;
  /** Folder of the page's files; the page may load nothing from elsewhere. */
  readonly files: vscode.Uri;
  /** Absent while no cluster can be connected. */
  readonly live?: LiveStates;
  /** Starts the server where it does not run: a restored page is the first sign of GitOps content. */
  readonly begin: () => Promise<void>;
  /** Resolves after the time that must lie between two updates of the page. */
  readonly pause: () => Promise<void>;
}

/** The dependency graph in an editor tab: one a window, restored after a reload. */
export class GraphPanel implements vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  /** What the page asked to see. */
  private wanted: string | undefined;
  /** What it shows, with the addresses that it may ask to open. */
  private shown: { readonly cluster: OfferedCluster; readonly ids: ReadonlySet<string> } | undefined;
  /** The last graph or notice that was sent. */
  private sent: string | undefined;
  /** The last states that were sent. */
  private sentStates: string | undefined;
  private readonly faults = new Set<string>();
  private readonly update: () => void;
  private readonly updateStates: () => void;

  constructor(private readonly options: GraphPanelOptions) {
    const failed = (error: unknown): void => options.log.error(error instanceof Error ? error : String(error));
    this.update = coalesced(() => this.send(), options.pause, failed);
    this.updateStates = coalesced(() => this.sendStates(), options.pause, failed);
  }

  /** Registers what restores the tab and follows the cluster. */
  register(): vscode.Disposable {
    const live = this.options.live?.onDidChange(() => this.updateStates());
    const serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);
    const panel = {
      dispose: () => {
        this.panel?.dispose();
      },
    };
    return vscode.Disposable.from(serializer, ...(live ? [live] : []), panel);
  }

  /** Opens the tab or brings it to the front. */
  show(): void {
    if (this.panel) this.panel.reveal();
    else this.adopt(vscode.window.createWebviewPanel(viewType, 'Dependency Graph', vscode.ViewColumn.Active));
  }

  /** Tells that the repository or the server's state may have changed. */
  refresh(): void {
    if (this.panel) this.update();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.panel?.dispose();
    this.adopt(panel);
    await this.options.begin();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    const { webview } = panel;
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.options.files, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [this.options.files] };
    webview.onDidReceiveMessage((value: unknown) => this.receive(value));
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    webview.html = pageHtml({
      title: 'Dependency Graph',
      script: file('graph.js'),
      style: file('graph.css'),
      nonce: randomBytes(16).toString('hex'),
    });
  }

  private receive(value: unknown): void {
    const reading = readGraphPageMessage(value);
    if ('fault' in reading) this.logFault(reading.fault);
    else void this.act(reading.message).catch((error: unknown) => this.options.log.error(String(error)));
  }

  private async act(message: GraphPageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        // A page that was hidden begins with nothing.
        this.sent = undefined;
        this.sentStates = undefined;
        this.wanted = message.cluster ?? this.wanted;
        this.update();
        break;
      case 'show':
        this.wanted = message.cluster;
        this.update();
        break;
      case 'open':
        return this.open(message.cluster, message.id);
      case 'save':
        return this.save(message.format, message.text);
      case 'fault':
        this.logFault(`The page said: ${message.text}`);
    }
  }

  private async send(): Promise<void> {
    if (this.panel?.visible !== true) return;
    const message = await this.message();
    const text = JSON.stringify(message);
    if (text !== this.sent) {
      this.sent = text;
      this.sentStates = undefined;
      await this.post(message);
    }
    // Which context the cluster is may be another now, though the graph is not.
    await this.sendStates();
  }

  private async message(): Promise<GraphHostMessage> {
    const { server } = this.options;
    const { state, clusters } = server.status();
    const offered = offeredClusters(clusters);
    const cluster = offered.find(({ id }) => id === this.wanted) ?? offered[0];
    if (cluster === undefined) return { type: 'notice', text: noCluster(state, clusters.size > 0) };
    const answer = await server.ask(graphRequest, { root: cluster.root });
    if (answer?.available !== true) {
      const silent = 'The language server does not answer. Restart it to see the graph.';
      return { type: 'notice', text: answer?.message ?? silent };
    }
    const graph = answer.clusters.find(({ cluster: path }) => path === cluster.path);
    if (graph === undefined) return { type: 'notice', text: `Cluster ${cluster.path} is no longer there.` };
    const message = graphMessage(graph, offered, cluster);
    this.shown = message.type === 'graph' ? { cluster, ids: new Set(message.nodes.map(({ id }) => id)) } : undefined;
    return message;
  }

  private async sendStates(): Promise<void> {
    const { live } = this.options;
    if (live === undefined || this.shown === undefined || this.panel?.visible !== true) return;
    const message = statesMessage(this.shown.cluster, this.shown.ids, live);
    const text = JSON.stringify(message);
    if (text === this.sentStates) return;
    this.sentStates = text;
    await this.post(message);
  }

  private async post(message: GraphHostMessage): Promise<void> {
    await this.panel?.webview.postMessage(versioned(message));
  }

  private async open(clusterId: string, id: string): Promise<void> {
    // The page may name what it was sent and nothing else.
    if (this.shown?.cluster.id !== clusterId || !this.shown.ids.has(id)) {
      this.logFault('An unknown object was to be opened.');
      return;
    }
    const answer = await this.options.server.ask(locateRequest, { root: this.shown.cluster.root, address: id });
    const place = answer?.available === true ? answer.places[0] : undefined;
    if (place === undefined) {
      const reason = answer?.available === false ? answer.message : 'No file of this repository declares it.';
      void vscode.window.showInformationMessage(`There is no line to open. ${reason}`);
      return;
    }
    const { start, end } = place.range;
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri, true), {
      viewColumn: this.columnBeside(),
      selection: new vscode.Range(start.line, start.character, end.line, end.character),
    });
  }

  /** A group that is there already, so that a graph on the right side does not open a third one. */
  private columnBeside(): vscode.ViewColumn {
    const own = this.panel?.viewColumn;
    const other = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn !== own);
    return other?.viewColumn ?? vscode.ViewColumn.Beside;
  }

  private async save(format: SaveFormat, text: string): Promise<void> {
    const extension = format === 'svg' ? 'svg' : 'mmd';
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const file = await vscode.window.showSaveDialog({
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `dependency-graph.${extension}`) }),
      filters: format === 'svg' ? { 'SVG image': ['svg'] } : { Mermaid: ['mmd', 'md'] },
    });
    if (file === undefined) return;
    try {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(savedText(format, text, file.path)));
      const limit = format === 'mermaid' ? mermaidLimit(text) : undefined;
      if (limit !== undefined) void vscode.window.showWarningMessage(limit);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`The graph was not saved to ${file.fsPath}: ${reason}`);
    }
  }

  /** Each kind of fault once: what floods the extension must not flood the log. */
  private logFault(fault: string): void {
    if (this.faults.size < 20 && !this.faults.has(fault)) this.options.log.warn(`graph: ${fault}`);
    this.faults.add(fault);
  }
}

function noCluster(state: ServerState, isRead: boolean): string {
  if (state.kind !== 'running') return statusText(state, [], false).text;
  return isRead ? 'No cluster was found in the open folders.' : 'The repository is still being read.';
}
