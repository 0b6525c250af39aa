import * as vscode from 'vscode';
import { type ClusterContexts, objectInFile } from '../../status/in-file/object-in-file';
import { type StatusStore } from '../../status/store/status-store';
import { summaryOf } from '../../status/tree/summary';
import { type LiveState, type LiveStates } from '../live-states';

/** States for the dependency graph: of clusters that are bound to a connected context. */
export class GraphStates implements LiveStates {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly end: () => void;

  constructor(
    private readonly store: StatusStore,
    private readonly contexts: ClusterContexts,
  ) {
    this.end = store.onChange(() => this.changed.fire());
  }

  of(root: string, address: string): LiveState | undefined {
    const found = objectInFile(this.store, this.contexts, root, address);
    if (found?.kind !== 'live') return undefined;
    const { standing, id, context } = found;
    const phase = standing.staleSince === undefined ? standing.state : 'disconnected';
    return { phase, text: `${context}: ${summaryOf(this.store, id, standing)}` };
  }

  dispose(): void {
    this.end();
    this.changed.dispose();
  }
}
