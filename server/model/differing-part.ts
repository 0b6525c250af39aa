/** The part of two lists in which they differ: all between what they begin and what they end with in common. */
export interface DifferingPart<T> {
  readonly before: readonly T[];
  readonly now: readonly T[];
}

// Several ask about the same two lists after an edit. The older list is not kept alive by the newer one.
const known = new WeakMap<
  readonly unknown[],
  { readonly before: WeakRef<readonly unknown[]>; readonly part: unknown }
>();

/** Compares lists that do not change any more, by identity; both parts are empty where the lists are the same. */
export function differingPart<T>(before: readonly T[], now: readonly T[]): DifferingPart<T> {
  const found = known.get(now);
  // What was found for these lists is made of their items.
  if (found?.before.deref() === before) return found.part as DifferingPart<T>;
  const part = compare(before, now);
  known.set(now, { before: new WeakRef(before), part });
  return part;
}

function compare<T>(before: readonly T[], now: readonly T[]): DifferingPart<T> {
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
