import { cancelScope, sleep, throwIfCancelled, unlessCancelled } from '../cancellation';
import { type ApiClient } from '../api/client';
import { type Failure, failureOf, KubeError } from '../failure';
import { type KubePorts } from '../ports';
import { createBackoff } from './backoff';

/** Whether the server of a connection can be reached: its watches wait here while one request at a time tries. */
export interface Gate {
  /** A watch could not connect, twice. */
  lost(failure: Failure): void;
  /** Why the server cannot be reached now. */
  readonly failure: Failure | undefined;
  /**
   * The server has come back within the last quarter of a minute: it may refuse what it grants a moment later, since its
   * rules, kinds and logins are not all loaded when it takes its first request.
   */
  readonly isYoung: boolean;
  /** The server may have started just now, though nobody saw it away. */
  doubt(): void;
  /**
   * Resolves when the server can be reached, at once if it could last.
   * @param told why it cannot, each time the reason is another one
   */
  open(signal: AbortSignal, told?: (failure: Failure) => void): Promise<void>;
}

// A server that is back is found within so many milliseconds.
const longestWait = 3_000;
const youth = 15_000;
// Where packets vanish nothing fails for half a minute. The next attempt does not wait for that, nor for a socket that is lost.
const patience = 3_000;

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
  let back = -Infinity;
  const waiting = new Set<(failure: Failure) => void>();
  const tell = (failure: Failure | undefined): void => {
    const before = current?.message;
    changed((current = failure));
    if (failure !== undefined && failure.message !== before) for (const told of waiting) told(failure);
  };
  const attempts = async (): Promise<void> => {
    const backoff = createBackoff(ports.random, 250, longestWait);
    // Over when the server has answered, or by the caller's signal.
    const scope = cancelScope(ports.clock, signal);
    const wait = (milliseconds: number): Promise<void> =>
      sleep(ports.clock, milliseconds, scope.signal).catch(() => undefined);
    const ask = async (): Promise<void> => {
      try {
        await client.reach(scope.signal);
      } catch (error) {
        if (!scope.signal.aborted) tell(failureOf(error));
        return;
      }
      scope.end(new KubeError({ name: 'cancelled', message: 'Reached.' }));
    };
    const isOver = (): boolean => scope.signal.aborted;
    let isSilent = false;
    while (!isOver()) {
      if (!isSilent) await wait(backoff.next());
      if (isOver()) break;
      isSilent = await Promise.race([ask().then(() => false), wait(patience).then(() => true)]);
    }
    scope.close();
    throwIfCancelled(signal);
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
          back = ports.clock.now();
          tell(undefined);
        },
        // Cancelled: those who wait are, too.
        () => (opening = undefined),
      );
    },
    get isYoung() {
      return ports.clock.now() - back < youth;
    },
    doubt() {
      back = ports.clock.now();
    },
    async open(waiter, told) {
      if (opening === undefined) return;
      if (told !== undefined) waiting.add(told);
      try {
        await unlessCancelled(opening, waiter);
      } finally {
        if (told !== undefined) waiting.delete(told);
      }
    },
  };
}
