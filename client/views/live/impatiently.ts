import { type StatusClock } from '../../status/clock';

const patience = 2_000;

/** A token of the editor, as far as it is needed. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** Does work that somebody waits for with the pointer over a name: it is cancelled with the token, and after two seconds. */
export async function impatiently<T>(
  clock: StatusClock,
  token: Cancellation | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancelled = token?.onCancellationRequested(() => controller.abort());
  const stop = clock.after(patience, () => controller.abort());
  try {
    return await work(controller.signal);
  } finally {
    stop();
    cancelled?.dispose();
  }
}
