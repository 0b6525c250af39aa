import { type Resource } from '../model/resource';
import { type AppliedFiles } from './applied-files';
import { type EntryPoint } from './entry-point';

/** What is asked of a list of entry points at every edit. */
interface EntryOrder {
  readonly strong: readonly EntryPoint[];
  /** What a Kustomization says of itself, then folders by their names. */
  readonly weak: readonly EntryPoint[];
  readonly entries: ReadonlySet<EntryPoint>;
  /** Objects that declare one of them. */
  readonly declared: ReadonlySet<Resource>;
}

// There may be as many entry points of weak evidence as Kustomizations.
const orders = new WeakMap<readonly EntryPoint[], EntryOrder>();

/** The order of a list, which never changes, made once for it. */
export function orderOf(entries: readonly EntryPoint[]): EntryOrder {
  let order = orders.get(entries);
  if (order === undefined) {
    const weak = entries.filter(({ isStrong }) => !isStrong);
    order = {
      strong: entries.filter(({ isStrong }) => isStrong),
      weak: [
        ...weak.filter(({ declared }) => declared !== undefined),
        ...weak.filter(({ declared }) => declared === undefined),
      ],
      entries: new Set(entries),
      declared: new Set(entries.flatMap(({ declared }) => (declared === undefined ? [] : [declared]))),
    };
    orders.set(entries, order);
  }
  return order;
}

/**
 * Entry points that may be clusters, strong evidence first: weak evidence counts only for files that no cluster applies yet.
 *
 * @param applied grows with the clusters that are made of what was taken from here so far
 */
export function* candidates({ strong, weak }: EntryOrder, applied: AppliedFiles): Iterable<EntryPoint> {
  yield* strong;
  for (const entry of applied.leftOf(weak)) if (!applied.holds(entry)) yield entry;
}
