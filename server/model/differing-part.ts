/** A part of two lists outside which they are the same; empty in both where they do not differ. */
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

/** The list that one was last compared with or made from, and in which part they differ; undefined where there is none. */
export function lastDifference<T>(
  now: readonly T[],
): { readonly list: readonly T[]; readonly part: DifferingPart<T> } | undefined {
  const found = known.get(now);
  const list = found?.before.deref();
  return found && list && { list: list as readonly T[], part: found.part as DifferingPart<T> };
}

/**
 * The list with other items at `start` up to `end`; the list itself where they are the same ones. What differs is known
 * to {@link differingPart} without a walk.
 */
export function spliced<T>(list: readonly T[], start: number, end: number, items: readonly T[]): readonly T[] {
  const before = list.slice(start, end);
  if (before.length === items.length && before.every((item, index) => item === items[index])) return list;
  const now = [...list];
  now.splice(start, end - start, ...items);
  known.set(now, { before: new WeakRef(list), part: { before, now: items } });
  return now;
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
