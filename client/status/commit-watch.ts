import { commitStatus, type CommitQuestion, type CommitState, type CommitStatus } from './commit-status';
import { type StatusClock } from './clock';
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

// The server may be restarted meanwhile; one that does not answer for so long will not.
const patience = 30_000;
const mostSilences = 3;

/**
 * Waits until a commit is live, or the first object fails. Asks anew with every change of the view, one question at a time.
 * A question that fails, or gets no answer within half a minute, is asked again; after three in a row nothing more is waited
 * for, and the answer is `unknown`.
 * @param said told each time that the answer is another
 * @returns the last answer; undefined when it was cancelled before
 */
export function awaitCommit(
  view: ChangingView,
  graph: CommitGraph,
  question: CommitQuestion,
  said: (status: CommitStatus) => void,
  { signal, clock }: { readonly signal: AbortSignal; readonly clock: StatusClock },
): Promise<CommitStatus | undefined> {
  return new Promise((resolve) => {
    let isAsking = false;
    let asked = 0;
    let silences = 0;
    let last = '';
    let isOver = false;
    const hasEnded = (): boolean => isOver;
    let stopWaiting: (() => void) | undefined;
    const finish = (status: CommitStatus | undefined): void => {
      isOver = true;
      stopWaiting?.();
      end();
      signal.removeEventListener('abort', cancel);
      resolve(status);
    };
    const cancel = (): void => finish(undefined);
    const answer = (): Promise<CommitStatus | undefined> =>
      new Promise((answered) => {
        stopWaiting = clock.after(patience, () => answered(undefined));
        commitStatus(view, graph, question).then(answered, () => answered(undefined));
      });
    const ask = async (): Promise<void> => {
      asked++;
      if (isAsking || hasEnded()) return;
      isAsking = true;
      const first = asked;
      const found = await answer();
      stopWaiting?.();
      isAsking = false;
      if (hasEnded()) return;
      silences = found === undefined ? silences + 1 : 0;
      const status = found ?? unanswered;
      if (status.text !== last) said(status);
      last = status.text;
      if (isSettled(status) || silences >= mostSilences) finish(status);
      else if (found === undefined) stopWaiting = clock.after(patience, () => void ask());
      else if (asked > first) void ask();
    };
    const end = view.onChange(() => void ask());
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    else void ask();
  });
}

const unanswered: CommitStatus = {
  state: 'unknown',
  object: undefined,
  text: 'What Git says of it cannot be told: the language server does not answer.',
};
