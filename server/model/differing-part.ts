/** The part of two lists in which they differ: all between what they begin and what they end with in common. */
export interface DifferingPart<T> {
  readonly before: readonly T[];
  readonly now: readonly T[];
}

/** Compares by identity, in one walk over the lists; both parts are empty where the lists are the same. */
export function differingPart<T>(before: readonly T[], now: readonly T[]): DifferingPart<T> {
  if (before === now) return { before: [], now: [] };
  let start = 0;
  while (start < before.length && start < now.length && before[start] === now[start]) start++;
  let [end, nowEnd] = [before.length, now.length];
  while (end > start && nowEnd > start && before[end - 1] === now[nowEnd - 1]) {
    end--;
    nowEnd--;
  }
  return { before: before.slice(start, end), now: now.slice(start, nowEnd) };
}
