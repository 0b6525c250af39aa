import * as vscode from 'vscode';
import { type LanguageServer } from '../../language/language-server';
import { type StatusClock } from '../../status/clock';
import { commitBar, type CommitBar } from '../../status/commit-bar';
import { type CommitGraph } from '../../status/commit-graph';
import { commitStatus, type CommitQuestion } from '../../status/commit-status';
import { type ClusterContexts } from '../../status/in-file/object-in-file';
import { RefreshGate } from '../../status/in-file/refresh-gate';
import { boundedText } from '../../status/live/bounded-text';
import { type StatusStore } from '../../status/store/status-store';
import { activeRoot } from './active-root';
import { commitGraph, commitNamed, reachOfCommit } from './repository-history';

interface Known {
  readonly root: string;
  readonly commit: string;
  readonly graph: CommitGraph;
  readonly questions: readonly CommitQuestion[];
}

/** The commit that is checked out, in the status bar, while a connected context has what it changes. Connects nothing. */
export class CommitBarItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('fluxwright.commit', vscode.StatusBarAlignment.Left, 9);
  private readonly end: () => void;
  private readonly gate: RefreshGate;
  /** What Git and the rendering say is asked for less often than what the cluster says. */
  private readonly learning: RefreshGate;
  private known: Known | undefined;
  private learnedFor = '';
  private shown = '';

  constructor(
    private readonly store: StatusStore,
    private readonly contexts: ClusterContexts,
    private readonly server: Pick<LanguageServer, 'ask' | 'status'>,
    clock: StatusClock,
  ) {
    this.item.name = 'Flux: commit';
    this.item.command = 'fluxwright.isCommitLive';
    this.gate = new RefreshGate(clock, () => void this.show());
    this.learning = new RefreshGate(clock, () => void this.learn(), 5_000);
    this.end = store.onChange(() => {
      // A context that came, or a cluster that was bound, may be what the commit changes.
      if (this.bound() !== this.learnedFor) this.learning.ask();
      this.gate.ask();
    });
  }

  /** Something was committed, checked out or fetched, or the repository was read anew. */
  repositoryChanged(): void {
    this.learning.ask();
  }

  dispose(): void {
    this.end();
    this.gate.dispose();
    this.learning.dispose();
    this.item.dispose();
  }

  /** Which connected contexts the clusters of the repository are bound to, as one text. */
  private bound(): string {
    const root = activeRoot(this.server) ?? '';
    const clusters = this.server.status().clusters.get(root) ?? [];
    const contexts = clusters.map(({ path }) => this.contexts.contextOf(root, path) ?? '');
    return JSON.stringify([root, contexts.filter((context) => this.store.find(context) !== undefined)]);
  }

  private async learn(): Promise<void> {
    this.learnedFor = this.bound();
    const root = activeRoot(this.server);
    // Where nothing is connected there is nothing to compare with, and Git is left alone.
    const isConnected = this.store.contexts().length > 0;
    const commit = root === undefined || !isConnected ? undefined : await commitNamed(this.server, root, 'HEAD');
    const reach =
      root === undefined || commit === undefined
        ? undefined
        : await reachOfCommit(this.server, this.contexts, this.store, root, commit);
    this.known =
      root === undefined || commit === undefined || reach === undefined
        ? undefined
        : { root, commit, graph: commitGraph(this.server, root), questions: reach.questions };
    this.gate.ask();
  }

  private async show(): Promise<void> {
    const { known } = this;
    if (known === undefined) {
      this.draw(undefined);
      return;
    }
    const questions = known.questions.filter(({ context }) => this.store.find(context) !== undefined);
    const answers = await Promise.all(
      questions.map(async (question) => ({ question, status: await commitStatus(this.store, known.graph, question) })),
    );
    // Another commit is checked out meanwhile.
    if (known === this.known) this.draw(commitBar(this.store, known.commit, answers));
  }

  private draw(bar: CommitBar | undefined): void {
    const text = JSON.stringify(bar ?? null);
    if (text === this.shown) return;
    this.shown = text;
    if (bar === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = `$(${bar.icon}) ${bar.text}`;
    this.item.tooltip = boundedText(['The commit that is checked out:', ...bar.lines].join('\n'), 1_500);
    this.item.accessibilityInformation = { label: `Flux: commit ${bar.text}` };
    this.item.show();
  }
}
