import { type ResourceId } from '../../server/model/resource-id';
import { liveId, parseLiveId, type LiveId } from './live/live-id';
import { dependencyOrder } from './order';
import { type LiveView } from './relations/live-view';
import { dependentsOf, parentsOf } from './relations/parents';
import { sourceChain } from './relations/sources';
import { capabilitiesOf } from './tree/object-node';

/** What has to reconcile, in order, until a change in Git reaches some objects. */
export interface ReconcileChain {
  /** Sources, then those that apply, then the objects, then what waits for them. */
  readonly steps: readonly LiveId[];
  /** On the way, and not to be asked: suspended, or nothing reconciles them. */
  readonly passedOver: readonly LiveId[];
  /** Those of other contexts that apply something of it here: a chain is of one context. */
  readonly elsewhere: readonly LiveId[];
}

/**
 * The chain of objects within their context: all that applies them, transitively, and what each takes its content from.
 * @param withDependents also what depends on the objects, transitively
 */
export function reconcileChain(
  view: LiveView,
  context: string,
  ids: readonly ResourceId[],
  withDependents = false,
): ReconcileChain {
  const targets = new Set(ids.map((id) => liveId(context, id)));
  const found = new Set<LiveId>(targets);
  const elsewhere = new Set<LiveId>();
  for (const one of found) {
    const address = parseLiveId(one);
    const status = address?.context === context ? view.statusIn(context, address.key) : undefined;
    if (status === undefined) continue;
    for (const parent of parentsOf(view, context, status)) {
      if (parseLiveId(parent)?.context === context) found.add(parent);
      else elsewhere.add(parent);
    }
    for (const source of sourceChain(view, context, status))
      if (source.status !== undefined) found.add(liveId(context, source.key));
  }
  const dependents = withDependents ? dependentsOutside(view, context, targets, found) : new Set<LiveId>();
  const { ordered } = dependencyOrder(view, [...found, ...dependents]);
  const steps: LiveId[] = [];
  const passedOver: LiveId[] = [];
  for (const one of ordered) {
    const status = view.get(one);
    if (status === undefined) continue;
    const isAble = capabilitiesOf(status, false).includes('reconcile');
    // One that was asked for alone says itself why it cannot be.
    if (isAble || (targets.size === 1 && targets.has(one))) steps.push(one);
    else passedOver.push(one);
  }
  // Nothing but its dependents comes after an object, though it may be a dependency of what applies it.
  const rank = (one: LiveId): number => (targets.has(one) ? 1 : dependents.has(one) ? 2 : 0);
  return { steps: steps.sort((a, b) => rank(a) - rank(b)), passedOver, elsewhere: [...elsewhere] };
}

/** What waits for some objects, transitively, and is not among those on the way to them. */
function dependentsOutside(
  view: LiveView,
  context: string,
  targets: ReadonlySet<LiveId>,
  onTheWay: ReadonlySet<LiveId>,
): ReadonlySet<LiveId> {
  const found = new Set<LiveId>(targets);
  for (const one of found) {
    const key = parseLiveId(one)?.key;
    for (const dependent of key === undefined ? [] : dependentsOf(view, context, key)) {
      const id = liveId(context, dependent);
      if (!onTheWay.has(id)) found.add(id);
    }
  }
  return new Set([...found].filter((one) => !targets.has(one)));
}
