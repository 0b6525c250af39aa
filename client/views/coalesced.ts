/**
 * A function that runs `work` after a pause. Calls during the pause count as one; calls while it works make it work once
 * more, after another pause.
 * @param pause resolves when enough time has passed since the last run
 * @param failed gets what `work` throws
 */
export function coalesced(
  work: () => Promise<void> | void,
  pause: () => Promise<void>,
  failed: (error: unknown) => void,
): () => void {
  let isAsked = false;
  let isRunning = false;
  async function run(): Promise<void> {
    isRunning = true;
    while (isAsked) {
      await pause();
      isAsked = false;
      try {
        await work();
      } catch (error) {
        failed(error);
      }
    }
    isRunning = false;
  }
  return () => {
    isAsked = true;
    if (!isRunning) void run();
  };
}
