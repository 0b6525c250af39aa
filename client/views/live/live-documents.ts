import * as vscode from 'vscode';

/** Scheme of documents about clusters. The language server gets none of them. */
export const liveScheme = 'fluxwright-live';

/**
 * Read-only texts about live objects: exports, events, both sides of a comparison. A text is kept while an editor has it
 * open. None may hold a value of a Secret.
 */
export class LiveDocuments implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  constructor() {
    this.subscriptions = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(liveScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.closed(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /**
   * Sets the text of a document, open or not.
   * @param title its name in the tab, ending as a file of its language does: `apps.yaml`
   * @param place what tells it from others of that name: context and object
   */
  put(place: readonly string[], title: string, text: string): vscode.Uri {
    const path = [...place, title].map((part) => part.replaceAll('/', '∕')).join('/');
    const uri = vscode.Uri.from({ scheme: liveScheme, path: `/${path}` });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  /** Calls back once no editor shows a document any more. A text that is only kept in memory is seen by nobody. */
  onceUnseen(uri: vscode.Uri, unseen: () => void): vscode.Disposable {
    const text = uri.toString();
    const isSeen = (): boolean =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => uriOf(input)?.toString() === text));
    const look = (): void => {
      if (isSeen()) return;
      ends.dispose();
      unseen();
    };
    const ends = vscode.Disposable.from(
      vscode.window.tabGroups.onDidChangeTabs(({ closed, changed }) => {
        // A preview that shows another text now is told as changed.
        if (closed.length > 0 || changed.length > 0) look();
      }),
    );
    return ends;
  }

  // A document that gets another language closes and opens, too.
  private closed(uri: string): void {
    if (!vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri)) this.texts.delete(uri);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

const uriOf = (input: unknown): vscode.Uri | undefined =>
  input instanceof vscode.TabInputText ? input.uri : undefined;
