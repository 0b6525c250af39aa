import { sleep, unlessCancelled } from '../cancellation';
import { type ApiClient } from '../api/client';
import { type Failure, failureOf } from '../failure';
import { type KubePorts } from '../ports';
import { createBackoff } from './backoff';

/** Whether the server of a connection can be reached: its watches wait here while one request at a time tries. */
export interface Gate {
  /** A watch could not connect, twice. */
  lost(failure: Failure): void;
  /** Why the server cannot be reached now. */
  readonly failure: Failure | undefined;
  /** Resolves when the server can be reached, at once if it could last. */
  open(signal: AbortSignal): Promise<void>;
}

// A server that is back is found within so many milliseconds.
const longestWait = 4_000;

/**
 * @param changed told why the server cannot be reached, and undefined when it can again
 * @param signal ends the attempts
 */
export function createGate(
  client: ApiClient,
  ports: Pick<KubePorts, 'clock' | 'random'>,
  changed: (failure: Failure | undefined) => void,
  signal: AbortSignal,
): Gate {
  let opening: Promise<void> | undefined;
  let current: Failure | undefined;
  const tell = (failure: Failure | undefined): void => changed((current = failure));
  const attempts = async (): Promise<void> => {
    const backoff = createBackoff(ports.random, 250, longestWait);
    for (;;) {
      await sleep(ports.clock, backoff.next(), signal);
      try {
        await client.json({ path: '/version', what: `reach ${client.target.context}`, signal });
        return;
      } catch (error) {
        const failure = failureOf(error);
        // Any answer is an answer; whether the user is let in is seen by the watches.
        if (failure.name !== 'unreachable' && failure.name !== 'certificate-refused') return;
        tell(failure);
      }
    }
  };
  return {
    get failure() {
      return current;
    },
    lost(failure) {
      if (opening !== undefined || signal.aborted) return;
      tell(failure);
      opening = attempts().then(
        () => {
          opening = undefined;
          tell(undefined);
        },
        // Cancelled: those who wait are, too.
        () => (opening = undefined),
      );
    },
    async open(waiting) {
      if (opening !== undefined) await unlessCancelled(opening, waiting);
    },
  };
}
