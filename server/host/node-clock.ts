import { type Clock } from '../model/ports';

/** The process's own clock. `yield` lets timers, input and output run first (setImmediate). */
export function createNodeClock(): Clock {
  return {
    now: () => performance.now(),
    yield: (callback) => void setImmediate(callback),
    after: (milliseconds, callback) => void setTimeout(callback, milliseconds),
  };
}
