import { resourceKey, type ResourceId } from '../../server/model/resource-id';
import { liveId, parseLiveId, type LiveId } from './live/live-id';
import { dependencyOrder } from './order';
import { type LiveView } from './relations/live-view';
import { parentsOf } from './relations/parents';
import { sourceChain } from './relations/sources';
import { capabilitiesOf } from './tree/object-node';

/** What has to reconcile, in order, until a change in Git reaches an object. */
export interface ReconcileChain {
  /** Sources, then those that apply, then the object. */
  readonly steps: readonly LiveId[];
  /** On the way, and not to be asked: suspended, or nothing reconciles them. */
  readonly passedOver: readonly LiveId[];
}

/** The chain of an object within its context: all that applies it, transitively, and what each takes its content from. */
export function reconcileChain(view: LiveView, context: string, id: ResourceId): ReconcileChain {
  const target = liveId(context, id);
  const found = new Set<LiveId>([target]);
  for (const one of found) {
    const address = parseLiveId(one);
    const status = address?.context === context ? view.statusIn(context, address.key) : undefined;
    if (status === undefined) continue;
    for (const parent of parentsOf(view, context, status))
      if (parseLiveId(parent)?.context === context) found.add(parent);
    for (const source of sourceChain(view, context, status))
      if (source.status !== undefined) found.add(liveId(context, source.key));
  }
  // What is looked at first decides where nothing else does: sources and parents before the object.
  const { ordered } = dependencyOrder(view, [...found].reverse());
  const steps: LiveId[] = [];
  const passedOver: LiveId[] = [];
  for (const one of ordered) {
    const status = view.get(one);
    if (status === undefined) continue;
    const isAble = capabilitiesOf(status, false).includes('reconcile');
    if (one === target || isAble) steps.push(one);
    else passedOver.push(one);
  }
  // Nothing comes after the object itself, though it may be a dependency of what applies it.
  const rest = steps.filter((one) => one !== target);
  return { steps: view.statusIn(context, resourceKey(id)) === undefined ? rest : [...rest, target], passedOver };
}
