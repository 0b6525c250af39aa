import * as vscode from 'vscode';
import { machineClock } from '../../status/clock';
import { type LiveId } from '../../status/live/live-id';
import { type StatusChange } from '../../status/store/change-batch';
import { badgeOf } from '../../status/tree/badge';
import { readFilter } from '../../status/tree/filter';
import { type Slices } from '../../status/slices';
import { LoadedTree } from '../../status/tree/loaded-tree';
import { pathTo } from '../../status/tree/path-to';
import { childPath, parentPath, parsePath, type NodePath } from '../../status/tree/node-path';
import { tooltipMarkdown } from '../../status/tree/tooltip-markdown';
import { tooltipOf } from '../../status/tree/tooltip';
import { TreeModel, viewSections, type TreeMode } from '../../status/tree/tree-model';
import { TreeUpdates } from '../../status/tree/tree-updates';
import { type ConnectedClusters } from './connected-clusters';
import { markdownOf } from './in-file/in-file-hover';
import { isTouchedBy, offeredBy } from './offered';
import { type RecentEvents } from './recent-events';
import { type Rights, type RightsChange } from './rights';
import { rowItem } from './row-item';
import { failedText } from './row-look';
import { allowsDelete } from './settings';
import { viewState, type ViewState } from './view-state';

const modes: readonly TreeMode[] = ['kind', 'namespace', 'dependency'];

// Of a whole page that is selected only the first rows are asked for one by one.
const mostAsked = 20;

/** What one of the views shows. The first one has the choices of the user, the badge, and the state of all of them. */
export interface ViewPart {
  readonly name: 'objects' | 'sources' | 'controllers';
  readonly isFirst: boolean;
}

export const viewParts: readonly ViewPart[] = [
  { name: 'objects', isFirst: true },
  { name: 'sources', isFirst: false },
  { name: 'controllers', isFirst: false },
];

/** The tree of objects of the connected contexts: those that apply, where they take it from, or what runs them. */
export class ObjectsView implements vscode.TreeDataProvider<NodePath> {
  private readonly changedRows = new vscode.EventEmitter<NodePath | NodePath[] | undefined>();
  readonly onDidChangeTreeData = this.changedRows.event;
  private readonly tree: vscode.TreeView<NodePath>;
  private readonly subscriptions: { dispose(): unknown }[] = [];
  private readonly updates: TreeUpdates;
  private loaded: LoadedTree;
  private mode: TreeMode;
  private favorites: ReadonlySet<LiveId>;
  private text = '';
  private state: ViewState | undefined;
  /** Why contexts could not be connected, as their rows say it now. */
  private readonly failures = new Map<string, string>();
  /** Rows on whose object a command works, and what cancels it. */
  private readonly running = new Map<NodePath, () => void>();
  private endLook: Promise<() => void> | undefined;
  /** As the settings had it when they were last another. */
  private deletes = allowsDelete();

  constructor(
    private readonly part: ViewPart,
    private readonly clusters: ConnectedClusters,
    private readonly events: RecentEvents,
    private readonly memory: vscode.Memento,
    private readonly rights: Rights,
    slices: Slices,
  ) {
    const kept = memory.get<unknown>(this.key('mode'));
    this.mode = modes.find((mode) => part.isFirst && mode === kept) ?? 'kind';
    const favorites: unknown = memory.get(this.key('favorites'));
    const ids: readonly unknown[] = Array.isArray(favorites) ? favorites : [];
    this.favorites = new Set(ids.filter((id) => typeof id === 'string'));
    this.loaded = this.load();
    this.updates = new TreeUpdates({
      clock: machineClock,
      slices,
      tree: () => this.loaded,
      tell: (rows) => this.changedRows.fire(rows && [...rows]),
    });
    this.tree = vscode.window.createTreeView(this.id, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.subscriptions.push(
      this.tree,
      this.changedRows,
      this.tree.onDidChangeVisibility(() => this.look()),
      this.tree.onDidChangeSelection(({ selection }) =>
        selection.slice(0, mostAsked).forEach((path) => this.lookAt(path)),
      ),
      this.updates,
      { dispose: clusters.store.onChange((change) => this.update(change)) },
    );
    this.showChoices();
    this.connectionsChanged();
    this.look();
  }

  /** What the filter looks for now; empty for none. */
  get filter(): string {
    return this.text;
  }

  get isVisible(): boolean {
    return this.tree.visible;
  }

  get id(): string {
    return `fluxwright.${this.part.name}`;
  }

  /** Whether a row was asked for, and is there still. */
  shows(path: NodePath): boolean {
    return this.loaded.node(path) !== undefined;
  }

  groupBy(mode: TreeMode): void {
    this.mode = mode;
    void this.memory.update(this.key('mode'), mode);
    this.reload();
  }

  /** Shows only what passes a filter as it is typed, see {@link readFilter}; empty shows all. */
  filterBy(text: string): void {
    this.text = text.trim();
    this.reload();
  }

  /** Puts the object of a row above the others of its context, or takes it away from there. */
  favor(path: NodePath, isFavorite: boolean): void {
    const target = this.loaded.node(path)?.target;
    if (target === undefined) return;
    const others = [...this.favorites].filter((id) => id !== target);
    this.favorites = new Set(isFavorite ? [...others, target] : others);
    void this.memory.update(this.key('favorites'), [...this.favorites]);
    this.reload();
  }

  /**
   * Shows the row of an object and selects it.
   * @returns false when the view does not show the object
   */
  async reveal(id: LiveId, focus: boolean): Promise<boolean> {
    const path = pathTo(this.clusters.store, (above) => this.loaded.children(above), this.mode, id);
    if (path === undefined) return false;
    try {
      await this.tree.reveal(path, { select: true, focus, expand: false });
      return true;
    } catch {
      // The row went between the question and the answer.
      return false;
    }
  }

  /** A command works on the object of a row, until the result is called. The row then offers to cancel it, and nothing else. */
  begin(path: NodePath, cancel: () => void): () => void {
    this.running.set(path, cancel);
    this.tell(path);
    return () => {
      if (this.running.get(path) === cancel) this.running.delete(path);
      this.tell(path);
    };
  }

  /** Cancels what works on the object of a row. */
  cancel(path: NodePath): void {
    this.running.get(path)?.();
  }

  /** A connection, the kubeconfig or the trust is another. */
  connectionsChanged(): void {
    const old: NodePath[] = [];
    for (const { name, state } of this.clusters.lastKnown?.contexts ?? []) {
      const message = failedText(state)?.message ?? '';
      if ((this.failures.get(name) ?? '') === message) continue;
      this.failures.set(name, message);
      const path = childPath(undefined, 'context', name);
      if (this.loaded.node(path) !== undefined) old.push(path);
    }
    if (!this.showState()) this.updates.old(old);
  }

  /** Logins may something else, or the user allows something else: undefined for all rows. */
  rightsChanged(change: RightsChange | undefined): void {
    if (change === undefined) this.deletes = allowsDelete();
    this.updates.old(this.loaded.rowsWhere((node) => change === undefined || isTouchedBy(node, change)));
  }

  /** The trust was granted while the view may be open. */
  trusted(): void {
    this.endLook = undefined;
    this.look();
    this.connectionsChanged();
  }

  getChildren(path?: NodePath): NodePath[] {
    if (path === undefined && this.state !== 'content') return [];
    return this.loaded.children(path).map((node) => node.path);
  }

  getParent(path: NodePath): NodePath | undefined {
    return parentPath(path);
  }

  getTreeItem(path: NodePath): vscode.TreeItem {
    this.updates.asked(path);
    const node = this.loaded.node(path);
    // It went between the event and the question; the next event takes it away.
    if (node === undefined) return new vscode.TreeItem('');
    const context = node.kind === 'context' ? parsePath(path)?.[0]?.value : undefined;
    const connection = context === undefined ? undefined : this.clusters.state(context);
    const capabilities = offeredBy(node, this.rights, this.deletes);
    return rowItem({ ...node, capabilities }, { connection, isRunning: this.running.has(path) });
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    path: NodePath,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    this.lookAt(path);
    const target = this.loaded.node(path)?.target;
    if (target === undefined) return item;
    const tooltip = tooltipOf(this.clusters.store, target, await this.events.of(target, token));
    if (tooltip !== undefined) item.tooltip = markdownOf(tooltipMarkdown(tooltip));
    return item;
  }

  dispose(): void {
    void this.endLook?.then((end) => end());
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Somebody looks at one row: what it offers is asked for by the name of its object, and told when it comes. */
  private lookAt(path: NodePath): void {
    const node = this.loaded.node(path);
    if (node !== undefined) offeredBy(node, this.rights, this.deletes, 'one');
  }

  private key(what: 'mode' | 'favorites'): string {
    return `${this.part.name}.${what}`;
  }

  private tell(path: NodePath): void {
    if (this.loaded.node(path) !== undefined) this.updates.old([path]);
  }

  private load(): LoadedTree {
    return new LoadedTree(
      new TreeModel(this.clusters.store, {
        sections: viewSections[this.part.name],
        checks: this.part.name === 'controllers',
        // Who looks for something has found what it is about.
        faults: this.part.isFirst && this.text === '',
        mode: this.mode,
        filter: readFilter(this.text),
        favorites: this.favorites,
      }),
    );
  }

  /** The choices of the user made all rows others. */
  private reload(): void {
    this.loaded = this.load();
    this.showChoices();
    this.updates.tellAll();
  }

  private showChoices(): void {
    this.tree.description = this.text === '' ? '' : `filter: ${this.text}`;
    if (!this.part.isFirst) return;
    void vscode.commands.executeCommand('setContext', 'fluxwright.objectsMode', this.mode);
    void vscode.commands.executeCommand('setContext', 'fluxwright.objectsFiltered', this.text !== '');
  }

  private update(change: StatusChange): void {
    if (this.part.isFirst) this.tree.badge = badgeOf(this.clusters.store);
    this.showState();
    this.updates.take(change);
  }

  /** @returns whether it is another, so that the whole list was told */
  private showState(): boolean {
    const { isTrusted, lastKnown: known, store } = this.clusters;
    const state = viewState(store, { isTrusted, known });
    if (state === this.state) return false;
    this.state = state;
    if (this.part.isFirst) void vscode.commands.executeCommand('setContext', 'fluxwright.objectsState', state);
    this.updates.tellAll();
    return true;
  }

  private look(): void {
    if (this.tree.visible) {
      this.endLook ??= this.clusters.look();
      return;
    }
    void this.endLook?.then((end) => end());
    this.endLook = undefined;
  }
}
