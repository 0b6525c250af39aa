import { resourceKey, type ResourceId } from '../../../server/model/resource-id';
import { hasSwitch } from '../difference/metadata-switch';
import { inventoryOf, parseInventoryEntry } from '../live/inventory';
import { parseLiveId } from '../live/live-id';
import { type LiveObject } from '../object-sink';
import { describeKey } from '../relations/behind';
import { type LiveView } from '../relations/live-view';
import { appliersOf, parentsOf } from '../relations/parents';
import { type ReadObject } from '../trace/trace';
import { consequenceOf, type Consequence } from './consequence';

/** Everything that has to be known before an object is deleted. */
export interface DeletionFacts {
  readonly id: ResourceId;
  readonly consequence: Consequence;
  /** What goes with it, those whose loss cannot be undone first. */
  readonly deleted: readonly ResourceId[];
  /** Listed by its inventory, and staying for the reason given. */
  readonly kept: readonly { readonly id: ResourceId; readonly why: string }[];
  /** More objects were listed than were looked at. */
  readonly isCut: boolean;
  /** Its objects live in another cluster. */
  readonly isElsewhere: boolean;
  /** Who makes it again; suspended ones do so when they are resumed. */
  readonly recreatedBy: readonly { readonly name: string; readonly isSuspended: boolean }[];
  /** What takes its content from it. */
  readonly dependents: readonly string[];
}

// More objects than anybody reads, and than should be asked for at once.
const most = 500;
const deepest = 5;

/** Kinds whose loss cannot be undone by applying them again: data, all objects of a kind, everything of a namespace. */
const grave = ['PersistentVolumeClaim', 'CustomResourceDefinition', 'Namespace'];

/** How grave the loss of an object is; 0 is the gravest, all ordinary kinds are last. */
export function gravity({ kind }: ResourceId): number {
  const index = grave.indexOf(kind);
  return index < 0 ? grave.length : index;
}

/**
 * What deleting an object does, with all that follows: Kustomizations and releases among what it applied delete theirs in
 * turn. Objects whose deletion matters most, and those that decide about others, are read for the switches that keep them.
 */
export async function deletionFacts(
  view: LiveView,
  context: string,
  id: ResourceId,
  object: LiveObject,
  read: ReadObject,
): Promise<DeletionFacts> {
  const key = resourceKey(id);
  const status = view.statusIn(context, key);
  const kept: { id: ResourceId; why: string }[] = [];
  const deleted = new Map<string, ResourceId>();
  let isCut = false;

  async function follow(applier: ResourceId, value: LiveObject, depth: number): Promise<void> {
    const inventory = inventoryOf(value) ?? [];
    const { name } = consequenceOf(applier, value, inventory.length);
    if (name !== 'pruned' && name !== 'uninstalled') return;
    for (const entry of inventory) {
      const child = parseInventoryEntry(entry);
      if (child === undefined || deleted.has(resourceKey(child)) || resourceKey(child) === key) continue;
      if (deleted.size >= most) {
        isCut = true;
        return;
      }
      const decides = consequenceOf(child, {}, 1).name !== 'nothing';
      const found = decides || gravity(child) < grave.length ? await read(child) : undefined;
      const why = name === 'pruned' ? reasonToStay(found) : undefined;
      if (why !== undefined) {
        kept.push({ id: child, why });
        continue;
      }
      deleted.set(resourceKey(child), child);
      if (decides && found !== undefined && depth < deepest) await follow(child, found, depth + 1);
    }
  }
  await follow(id, object, 0);

  const parents = status === undefined ? appliersOf(view, context, id) : parentsOf(view, context, status);
  const recreatedBy = parents.flatMap((parent) => {
    const address = parseLiveId(parent);
    const applier = view.get(parent);
    if (address === undefined || applier === undefined || address.key === key) return [];
    // A chart that a release made is not applied again after the release is gone; one that is there makes it anew.
    return [{ name: describeKey(address.key), isSuspended: applier.suspension !== undefined }];
  });
  return {
    id,
    consequence: consequenceOf(id, object, inventoryOf(object)?.length),
    deleted: [...deleted.values()].sort((a, b) => gravity(a) - gravity(b)),
    kept,
    isCut,
    isElsewhere: status?.target !== undefined,
    recreatedBy,
    dependents: [...(view.find(context)?.sources.into(key) ?? [])].map(describeKey),
  };
}

function reasonToStay(object: LiveObject | undefined): string | undefined {
  if (hasSwitch(object, 'prune', 'disabled')) return 'prune is disabled on it';
  if (hasSwitch(object, 'reconcile', 'disabled')) return 'reconcile is disabled on it';
  return hasSwitch(object, 'ssa', 'Ignore') ? 'its ssa is Ignore' : undefined;
}
