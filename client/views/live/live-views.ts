import type * as vscode from 'vscode';
import { type LiveId } from '../../status/live/live-id';
import { type Slices } from '../../status/slices';
import { type NodePath } from '../../status/tree/node-path';
import { type TreeMode } from '../../status/tree/tree-model';
import { type ConnectedClusters } from './connected-clusters';
import { ObjectsView, viewParts } from './objects-view';
import { type RecentEvents } from './recent-events';
import { type Rights, type RightsChange } from './rights';

/** The views of live objects as one: a row belongs to one of them, a choice counts for all. */
export class LiveViews {
  private readonly views: readonly ObjectsView[];

  constructor(
    clusters: ConnectedClusters,
    events: RecentEvents,
    memory: vscode.Memento,
    rights: Rights,
    slices: Slices,
  ) {
    this.views = viewParts.map((part) => new ObjectsView(part, clusters, events, memory, rights, slices));
  }

  /** What the filter looks for now; empty for none. */
  get filter(): string {
    return this.views[0]?.filter ?? '';
  }

  /** Whether somebody sees one of them. */
  get isVisible(): boolean {
    return this.views.some(({ isVisible }) => isVisible);
  }

  /** See {@link ObjectsView.filterBy}. */
  filterBy(text: string): void {
    for (const view of this.views) view.filterBy(text);
  }

  /** Groups the objects of the first view; the others have too few kinds for that. */
  groupBy(mode: TreeMode): void {
    this.views[0]?.groupBy(mode);
  }

  /** See {@link ObjectsView.favor}. */
  favor(path: NodePath, isFavorite: boolean): void {
    for (const view of this.views) view.favor(path, isFavorite);
  }

  /** Id of the view that shows a row; of the first one where none does. */
  viewOf(path: NodePath): string {
    return (this.views.find((view) => view.shows(path)) ?? this.views[0])?.id ?? 'fluxwright.objects';
  }

  /** See {@link ObjectsView.begin}. */
  begin(path: NodePath, cancel: () => void): () => void {
    const ends = this.views.map((view) => view.begin(path, cancel));
    return () => ends.forEach((end) => end());
  }

  /** See {@link ObjectsView.cancel}. */
  cancel(path: NodePath): void {
    for (const view of this.views) view.cancel(path);
  }

  /**
   * Shows the row of an object in the view that has it.
   * @param how `open`: also where the view is hidden, and the keyboard goes there; `follow`: only where one is visible
   * @returns false when no view shows it, or none is visible
   */
  async reveal(id: LiveId, how: 'open' | 'follow'): Promise<boolean> {
    for (const view of this.views) {
      if (how === 'follow' && !view.isVisible) continue;
      if (await view.reveal(id, how === 'open')) return true;
    }
    return false;
  }

  connectionsChanged(): void {
    for (const view of this.views) view.connectionsChanged();
  }

  /** See {@link ObjectsView.rightsChanged}. */
  rightsChanged(change: RightsChange | undefined): void {
    for (const view of this.views) view.rightsChanged(change);
  }

  trusted(): void {
    for (const view of this.views) view.trusted();
  }

  dispose(): void {
    for (const view of this.views) view.dispose();
  }
}
