import { commitStatus, type CommitQuestion, type CommitState, type CommitStatus } from './commit-status';
import { type CommitGraph } from './commit-graph';
import { type LiveView } from './relations/live-view';

/** A store that tells what changes; see {@link StatusStore.onChange}. */
export interface ChangingView extends LiveView {
  onChange(listener: () => void): () => void;
}

// From these a commit comes no further by itself, or has arrived.
const final: ReadonlySet<CommitState> = new Set(['live', 'applied-unchecked', 'failed', 'not-on-synced-ref']);

/** Whether there is nothing more to wait for. */
export function isSettled({ state }: Pick<CommitStatus, 'state'>): boolean {
  return final.has(state);
}

/**
 * Waits until a commit is live, or the first object fails. Asks anew with every change of the view, one question at a time.
 * @param said told each time that the answer is another
 * @returns the last answer; undefined when it was cancelled before
 */
export function awaitCommit(
  view: ChangingView,
  graph: CommitGraph,
  question: CommitQuestion,
  said: (status: CommitStatus) => void,
  signal: AbortSignal,
): Promise<CommitStatus | undefined> {
  return new Promise((resolve) => {
    let isAsking = false;
    let asked = 0;
    let last = '';
    const isCancelled = (): boolean => signal.aborted;
    const finish = (status: CommitStatus | undefined): void => {
      end();
      signal.removeEventListener('abort', cancel);
      resolve(status);
    };
    const cancel = (): void => finish(undefined);
    const ask = async (): Promise<void> => {
      asked++;
      if (isAsking || isCancelled()) return;
      isAsking = true;
      const first = asked;
      const status = await commitStatus(view, graph, question);
      isAsking = false;
      if (isCancelled()) return;
      if (status.text !== last) said(status);
      last = status.text;
      if (isSettled(status)) finish(status);
      else if (asked > first) void ask();
    };
    const end = view.onChange(() => void ask());
    signal.addEventListener('abort', cancel);
    if (isCancelled()) cancel();
    else void ask();
  });
}
