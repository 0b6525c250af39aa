import { throwIfCancelled, unlessCancelled } from '../cancellation';
import { type KubePorts } from '../ports';

/**
 * Waits of the watches of one connection that a server refused to serve. Each has a growing wait of its own; while several
 * wait, one of them tries every four seconds at most, and the first that gets through wakes the others. So a fault of the
 * whole server is over within seconds of its end, one of a single kind is asked about ever more rarely, and a server in
 * trouble meets one client.
 */
export interface Recovery {
  /** Waits so many milliseconds of the clock, or less; throws the signal's reason when it fires before. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** A watch that had failed got through. */
  found(): void;
}

const pace = 4_000;

export function createRecovery({ clock, random }: Pick<KubePorts, 'clock' | 'random'>): Recovery {
  // In the order they came: the first has waited longest.
  const waiting = new Set<() => void>();
  let takeBack: (() => void) | undefined;
  const arm = (): void => {
    if (waiting.size < 2) {
      takeBack?.();
      takeBack = undefined;
    } else takeBack ??= clock.after(pace * (0.5 + random() / 2), letOneTry);
  };
  const letOneTry = (): void => {
    takeBack = undefined;
    for (const wake of waiting) {
      wake();
      break;
    }
    arm();
  };
  return {
    async wait(milliseconds, signal) {
      throwIfCancelled(signal);
      let wake = (): void => undefined;
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const forget = clock.after(milliseconds, wake);
      waiting.add(wake);
      arm();
      try {
        await unlessCancelled(woken, signal);
      } finally {
        forget();
        waiting.delete(wake);
        arm();
      }
    },
    found() {
      for (const wake of waiting) wake();
    },
  };
}
