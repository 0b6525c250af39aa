import { type WallClock } from '../ports';

const stayFor = 10 * 60_000;

/** Whether somebody looks at what is watched. */
export interface Attention {
  /** Somebody looks until the result is called. */
  look(): () => void;
  readonly isLooked: boolean;
  dispose(): void;
}

/**
 * Counts those who look: a visible view or file, or a notice that is awaited.
 * @param began told when the first one looks after nobody did for ten minutes
 * @param ended told ten minutes after the last one looked away
 */
export function createAttention(clock: WallClock, began: () => void, ended: () => void): Attention {
  let count = 0;
  let isLooked = false;
  let takeBack: (() => void) | undefined;
  return {
    look() {
      count++;
      takeBack?.();
      takeBack = undefined;
      if (!isLooked) {
        isLooked = true;
        began();
      }
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        count--;
        if (count > 0) return;
        takeBack = clock.after(stayFor, () => {
          isLooked = false;
          ended();
        });
      };
    },
    get isLooked() {
      return isLooked;
    },
    dispose: () => takeBack?.(),
  };
}
