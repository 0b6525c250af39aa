import { resourceKey, type ResourceId } from '../../../server/model/resource-id';
import { parseInventoryEntry } from '../live/inventory';
import { liveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { contextOfObjects, type LiveView } from './live-view';
import { watchedEntries } from './watched-entries';

/** One object that another applied. */
export interface Child {
  readonly id: ResourceId;
  /** The context it lives in; undefined in a cluster that no context is bound to. */
  readonly context: string | undefined;
  /** Undefined for kinds that are not watched, and where nothing is known of the cluster. */
  readonly status: LiveStatus | undefined;
}

/** What an object applied, as its inventory lists it. Undefined when it lists nothing (see `LiveKind.inventory`). */
export function childrenOf(view: LiveView, context: string, applier: LiveStatus): readonly Child[] | undefined {
  if (applier.inventory === undefined) return undefined;
  const at = contextOfObjects(view, context, applier);
  return applier.inventory.flatMap((entry) => {
    const id = parseInventoryEntry(entry);
    if (id === undefined) return [];
    return [{ id, context: at, status: at === undefined ? undefined : view.statusIn(at, resourceKey(id)) }];
  });
}

/** The ids of those children that are watched, whether they are there or not. */
export function watchedChildren(view: LiveView, context: string, applier: LiveStatus): readonly LiveId[] {
  const at = contextOfObjects(view, context, applier);
  return at === undefined ? [] : watchedEntries(applier.inventory).map((key) => liveId(at, key));
}
