import { type Random } from '../ports';

/** Growing waits between attempts. */
export interface Backoff {
  /** Milliseconds before the next attempt; not shorter than what the server asked for. */
  next(retryAfter?: number): number;
  /** An attempt succeeded. */
  reset(): void;
}

/** Doubles from `first` to `most`, each time a random half of it off, so that many clients do not come at once. */
export function createBackoff(random: Random, first = 250, most = 30_000): Backoff {
  let step = first;
  return {
    next(retryAfter = 0) {
      const wait = step * (0.5 + random() / 2);
      step = Math.min(most, step * 2);
      // A server that asks for an hour is asked again after five minutes.
      const asked = Math.min(retryAfter, 300_000);
      return asked > 0 ? asked + random() * Math.min(asked, 1000) : wait;
    },
    reset() {
      step = first;
    },
  };
}
