const longest = 8;

/**
 * Gives the event loop a turn when the work since the last one took 8 ms. Ask after each small step; answers undefined when
 * there is nothing to wait for, so that the usual step costs no promise.
 */
export function createSlices(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < longest) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        began = performance.now();
        resolve();
      });
    });
  };
}
