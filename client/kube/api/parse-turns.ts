const smallText = 100_000;

/** Waits for the turn to parse a text of this length. */
export type ParseTurns = (length: number) => Promise<void>;

/**
 * Turns of the event loop for parsing large texts, one for each: pages of several lists that arrive together would block for
 * the sum of their parsing. Small texts do not wait.
 */
export function createParseTurns(): ParseTurns {
  let last: Promise<void> = Promise.resolve();
  return async (length) => {
    if (length < smallText) return;
    last = last.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
    await last;
  };
}
