/**
 * Works on items, some at one time.
 * @returns what came of each, in the order of the items; those that were not begun when the signal fired are missing
 */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  signal: AbortSignal,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of rest) {
      if (signal.aborted) return;
      results[at] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results.filter((_, at) => at in results);
}
