/** Time as the store sees it; handed in, so that no test waits. */
export interface StatusClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after so many milliseconds. @returns what cancels it */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The clock of the machine. Its timers keep no process alive. */
export const machineClock: StatusClock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
