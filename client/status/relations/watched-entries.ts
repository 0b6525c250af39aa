import { resourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { findLiveKind } from '../kinds/index';
import { parseInventoryEntry, type InventoryEntry } from '../live/inventory';

/** Keys of those entries of an inventory that are watched themselves; of the others nothing is known. */
export function watchedEntries(inventory: readonly InventoryEntry[] | undefined): readonly ResourceKey[] {
  const keys: ResourceKey[] = [];
  for (const entry of inventory ?? []) {
    // Most entries are of other kinds, so the kind is read before the rest.
    const kindStart = entry.lastIndexOf('_');
    const groupStart = entry.lastIndexOf('_', kindStart - 1);
    if (!findLiveKind(entry.slice(groupStart + 1, kindStart), entry.slice(kindStart + 1))) continue;
    const id = parseInventoryEntry(entry);
    if (id !== undefined) keys.push(resourceKey(id));
  }
  return keys;
}
