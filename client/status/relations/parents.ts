import { type ResourceKey } from '../../../server/model/resource-id';
import { formatInventoryEntry } from '../live/inventory';
import { liveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from './live-view';

/** An object as its parents are looked for; `owners` is empty for objects that are not watched. */
export type Owned = Pick<LiveStatus, 'id' | 'key' | 'owners'>;

const lists = (applier: LiveStatus, object: Owned): boolean =>
  applier.inventory?.includes(formatInventoryEntry(object.id)) ?? true;

/**
 * Who applied an object: those of its context whose inventory lists it, those its labels name when they keep no
 * inventory, and of other contexts those whose kubeconfig is bound to this one. A label alone proves nothing: it stays
 * when an object is orphaned, and in another cluster it may name a namesake.
 */
export function parentsOf(view: LiveView, context: string, object: Owned): readonly LiveId[] {
  const { key, owners } = object;
  const parents = new Set<LiveId>();
  const here = view.find(context);
  for (const parent of here?.inventories.into(key) ?? []) parents.add(liveId(context, parent));
  for (const owner of owners) if (isOwnerHere(here?.get(owner), object)) parents.add(liveId(context, owner));
  for (const hub of view.contexts()) {
    if ((view.find(hub)?.remoteAppliers ?? 0) === 0) continue;
    const remote = [...(view.find(hub)?.remoteInventories.into(key) ?? []), ...owners];
    for (const applier of remote) {
      if (isRemoteOwner(view, hub, applier, context, object)) parents.add(liveId(hub, applier));
    }
  }
  return parents.size < 2 ? [...parents] : [...parents].sort();
}

function isRemoteOwner(view: LiveView, hub: string, applier: ResourceKey, context: string, object: Owned): boolean {
  const status = view.statusIn(hub, applier);
  if (status?.target === undefined || view.targets.contextOf(hub, status.target) !== context) return false;
  return lists(status, object);
}

function isOwnerHere(owner: LiveStatus | undefined, object: Owned): boolean {
  if (owner === undefined) return false;
  // The HelmChart of a HelmRelease stands beside it, wherever the release itself goes.
  if (owner.sources.includes(object.key)) return true;
  // One that keeps an inventory has been found by it, or does not list the object.
  return owner.target === undefined && owner.inventory === undefined;
}

/**
 * Who applied an object that is not watched, found by looking through all inventories.
 * @returns the appliers' ids
 */
export function appliersOf(view: LiveView, context: string, object: LiveStatus['id']): readonly LiveId[] {
  const entry = formatInventoryEntry(object);
  const found: LiveId[] = [];
  for (const hub of view.contexts()) {
    for (const applier of view.find(hub)?.all() ?? []) {
      const at = applier.target === undefined ? hub : view.targets.contextOf(hub, applier.target);
      if (at === context && applier.inventory?.includes(entry) === true) found.push(liveId(hub, applier.key));
    }
  }
  return found;
}

/** Keys of the objects that wait for one. */
export function dependentsOf(view: LiveView, context: string, key: ResourceKey): readonly ResourceKey[] {
  return [...(view.find(context)?.dependencies.into(key) ?? [])];
}
