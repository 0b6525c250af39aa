import { unlessCancelled } from '../cancellation';

/** Lets few pieces of work run at once; the others wait in order. */
export interface Turns {
  take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** @param most how many run at once */
export function createTurns(most: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  const done = (): void => {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };
  return {
    async take(work, signal) {
      if (running < most) running++;
      else {
        const turn = new Promise<void>((resolve) => waiting.push(resolve));
        try {
          await unlessCancelled(turn, signal);
        } catch (error) {
          // The turn still comes; it is passed on.
          void turn.then(done);
          throw error;
        }
      }
      try {
        return await work();
      } finally {
        done();
      }
    },
  };
}
