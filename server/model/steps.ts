import { type Clock } from './ports';

/**
 * Work that may be paused at every `yield` and dropped between two of them. `yield 'long'` says that the next step takes
 * longer than a slice, and deserves a turn of its own.
 */
export type Steps<T> = Generator<'long' | undefined, T, undefined>;

// Beyond so many UTF-16 units reading a document takes several milliseconds.
const longText = 100_000;

/** What to yield before a text is read. */
export const pauseBefore = ({ length }: string): 'long' | undefined => (length > longText ? 'long' : undefined);

/** Loops over small things pause after so many of them: a pause costs about as much as one of those. */
export const pauseEvery = 64;

/** `items.map` with pauses. */
export function* mapInSteps<T, Made>(items: readonly T[], make: (item: T) => Made): Steps<Made[]> {
  const made: Made[] = [];
  for (const item of items) {
    made.push(make(item));
    if (made.length % pauseEvery === 0) yield;
  }
  return made;
}

/** Runs to the end without a pause. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
}

/**
 * Runs in slices of at most about `sliceMs` milliseconds with pending input handled between them.
 * @returns undefined when `isCancelled` became true; the work is then abandoned.
 */
export async function finishInSlices<T>(
  steps: Steps<T>,
  clock: Clock,
  isCancelled: () => boolean,
  sliceMs = 6,
): Promise<T | undefined> {
  // Short slices at first: whoever typed may ask for a hover or a completion right away.
  for (let slice = 1; ; slice = Math.min(sliceMs, slice * 1.5)) {
    const end = clock.now() + slice;
    for (let isOver = false; !isOver;) {
      const next = steps.next();
      if (next.done === true) return next.value;
      isOver = next.value === 'long' || clock.now() >= end;
    }
    await new Promise<void>((resolve) => clock.yield(resolve));
    if (isCancelled()) {
      // Runs the `finally` blocks of the work.
      steps.return(undefined as never);
      return undefined;
    }
  }
}
