import { kindOrder } from '../kinds/index';
import { type LiveStatus } from '../live/live-status';

/** Order of rows: kinds as everywhere, then namespace, then name. */
export function compare({ id: a }: Pick<LiveStatus, 'id'>, { id: b }: Pick<LiveStatus, 'id'>): number {
  if (a.kind !== b.kind || a.group !== b.group) {
    const order = kindOrder(a.group, a.kind) - kindOrder(b.group, b.kind);
    if (order !== 0) return order;
    if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
    return a.group < b.group ? -1 : 1;
  }
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}

/**
 * Objects in the order of rows. Those of one kind and namespace are sorted among themselves: ten thousand at once would take
 * ten times as long.
 */
export function sortAll(objects: Iterable<LiveStatus>): readonly LiveStatus[] {
  const groups = new Map<string, LiveStatus[]>();
  for (const status of objects) {
    const { group, kind, namespace } = status.id;
    const name = `${group}/${kind}/${namespace}`;
    const others = groups.get(name);
    if (others === undefined) groups.set(name, [status]);
    else others.push(status);
  }
  for (const others of groups.values()) others.sort(compare);
  return [...groups.values()].sort(([a], [b]) => (a === undefined || b === undefined ? 0 : compare(a, b))).flat();
}

/** Objects in the order of rows, of which single ones come and go. */
export class SortedHeap {
  /** Another number after every change, also of what surrounds an object. */
  version: number;
  failing = 0;
  private readonly sorted: LiveStatus[];

  constructor(objects: readonly LiveStatus[], version: number) {
    this.sorted = [...objects];
    this.version = version;
    for (const status of objects) this.failing += weight(status);
  }

  get objects(): readonly LiveStatus[] {
    return this.sorted;
  }

  /** Puts an object in the place of the one with its id, or where it belongs. */
  put(status: LiveStatus, version: number): void {
    const at = this.placeOf(status);
    const there = this.sorted[at];
    const isThere = there !== undefined && compare(there, status) === 0;
    this.failing += weight(status) - (isThere ? weight(there) : 0);
    this.sorted.splice(at, isThere ? 1 : 0, status);
    this.version = version;
  }

  /** Removes the object with this id, if it is there. */
  delete(status: Pick<LiveStatus, 'id'>, version: number): void {
    const at = this.placeOf(status);
    const there = this.sorted[at];
    if (there === undefined || compare(there, status) !== 0) return;
    this.failing -= weight(there);
    this.sorted.splice(at, 1);
    this.version = version;
  }

  /** Where an object stands, or would. */
  private placeOf(status: Pick<LiveStatus, 'id'>): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = this.sorted[middle];
      if (there !== undefined && compare(there, status) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const weight = ({ phase }: LiveStatus): number => (phase === 'failed' || phase === 'stalled' ? 1 : 0);
