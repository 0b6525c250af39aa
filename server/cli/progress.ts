import { type Clock } from '../model/ports';
import { type Steps } from '../model/steps';
import { count, type Io } from './io';

const quietMs = 1000;
const intervalMs = 200;
// Asking for the time at each step would cost more than the smallest steps.
const stepsBetweenLooks = 32;

/** Runs work to its end and says on a terminal what takes longer than a second. */
export interface Progress {
  run<T>(what: string, steps: Steps<T>): T;
  /** Wipes the line; called before anything else is printed. */
  end(): void;
}

export function createProgress(io: Io, clock: Clock): Progress {
  const start = clock.now();
  let shownAt = start + quietMs - intervalMs;
  let isShown = false;
  const look = (what: string): void => {
    const now = clock.now();
    if (io.isErrTerminal !== true || now - shownAt < intervalMs) return;
    shownAt = now;
    isShown = true;
    io.err(`\r\u001b[2K${what} … ${count(Math.floor((now - start) / 1000), 'second')}`);
  };
  return {
    run(what, steps) {
      for (let step = 1; ; step++) {
        const next = steps.next();
        if (next.done === true) return next.value;
        if (step % stepsBetweenLooks === 0) look(what);
      }
    },
    end() {
      if (isShown) io.err('\r\u001b[2K');
      isShown = false;
    },
  };
}
