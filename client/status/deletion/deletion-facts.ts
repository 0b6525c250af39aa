import { resourceKey, type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { hasSwitch } from '../difference/metadata-switch';
import { inventoryOf, parseInventoryEntry } from '../live/inventory';
import { liveId, parseLiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { liveText } from '../live/live-value';
import { type LiveObject } from '../object-sink';
import { describeKey } from '../relations/behind';
import { type LiveView } from '../relations/live-view';
import { appliersOf, dependentsOf, parentsOf } from '../relations/parents';
import { statusOf } from '../status-of';
import { consequenceOf, type Consequence } from './consequence';
import { takesAlong } from './protected';

/** Everything that has to be known before an object is deleted. */
export interface DeletionFacts {
  readonly id: ResourceId;
  /** Why it is not deleted, for what would go with it; undefined when it may be. */
  readonly refused: string | undefined;
  readonly consequence: Consequence;
  /** What goes with it, those whose loss cannot be undone first. */
  readonly deleted: readonly ResourceId[];
  /** Listed by its inventory, and staying for the reason given. */
  readonly kept: readonly { readonly id: ResourceId; readonly why: string }[];
  /** How many of the deleted could not be read: a switch that nobody saw may keep them. */
  readonly unread: number;
  /** More objects were listed than were looked at. */
  readonly isCut: boolean;
  /** Its objects live in another cluster. */
  readonly isElsewhere: boolean;
  /** Who makes it again; suspended ones do so when they are resumed. */
  readonly recreatedBy: readonly Recreation[];
  /** Of a Namespace, how many objects of Flux are known to be in it. */
  readonly inside: number;
  /** What takes its content from it. */
  readonly dependents: readonly string[];
  /** What names it in `spec.dependsOn`: a dependency that is not there is never ready. */
  readonly waiting: readonly string[];
}

/** Who applied the object, and with what it makes it again; `unknown` where a release could not be read. */
export interface Recreation {
  readonly name: string;
  readonly isSuspended: boolean;
  readonly with: 'reconciliation' | 'upgrade' | 'unknown';
}

/** Reads an object of a context. `unread`: the server did not let it, or did not answer. Undefined: there is none. */
export type ReadForDeletion = (id: ResourceId, context: string) => Promise<LiveObject | 'unread' | undefined>;

// More objects than anybody reads, and than should be asked for.
const most = 500;
const deepest = 5;
const atOnce = 8;

/** Kinds whose loss cannot be undone by applying them again: data, all objects of a kind, everything of a namespace. */
const grave = ['PersistentVolumeClaim', 'CustomResourceDefinition', 'Namespace'];

/** How grave the loss of an object is; 0 is the gravest, all ordinary kinds are last. */
export function gravity({ kind }: ResourceId): number {
  const index = grave.indexOf(kind);
  return index < 0 ? grave.length : index;
}

/**
 * What deleting an object does, with all that follows: Kustomizations and releases among what it applied delete theirs in
 * turn. Each object is read for the switches that keep it: kustomize-controller looks for them on the live object when it
 * prunes (fluxcd/pkg/ssa, DeleteOptions.Exclusions).
 */
export async function deletionFacts(
  view: LiveView,
  context: string,
  id: ResourceId,
  object: LiveObject,
  read: ReadForDeletion,
): Promise<DeletionFacts> {
  const key = resourceKey(id);
  const status = view.statusIn(context, key);
  const kept: { id: ResourceId; why: string }[] = [];
  const deleted: { id: ResourceId; context: string | undefined }[] = [];
  const seen = new Set<string>([liveId(context, key)]);
  let isCut = false;
  let unread = 0;
  let looked = 0;

  async function follow(applier: ResourceId, value: LiveObject, depth: number, at: string): Promise<void> {
    const inventory = inventoryOf(value) ?? [];
    // What it applied to another cluster may have namesakes here, which say nothing about it.
    const target = statusOf(value)?.target;
    const below = target === undefined ? at : view.targets.contextOf(at, target);
    const consequence = consequenceOf(applier, value, inventory.length);
    const { name } = consequence;
    if (name !== 'pruned' && name !== 'uninstalled') return;
    const children: ResourceId[] = [];
    for (const entry of inventory) {
      const child = parseInventoryEntry(entry);
      const childKey = child && liveId(below ?? '', child);
      if (child === undefined || childKey === undefined || seen.has(childKey)) continue;
      if (looked >= most) {
        isCut = true;
        break;
      }
      looked++;
      seen.add(childKey);
      children.push(child);
    }
    const found = await readAll(children, (child) => {
      if (below === undefined) return Promise.resolve('unread');
      return isRead(child, name) ? read(child, below) : Promise.resolve(undefined);
    });
    for (const [at, child] of children.entries()) {
      const answer = found[at];
      const childObject = answer === 'unread' ? undefined : answer;
      const why = consequence.name === 'pruned' ? reasonToStay(childObject, consequence.by) : undefined;
      if (why !== undefined) {
        kept.push({ id: child, why });
        continue;
      }
      deleted.push({ id: child, context: below });
      if (name === 'pruned' && answer === 'unread') unread++;
      if (below !== undefined && decides(child) && childObject !== undefined && depth < deepest) {
        await follow(child, childObject, depth + 1, below);
      }
    }
  }
  await follow(id, object, 0, context);

  const parents = status === undefined ? appliersOf(view, context, id) : parentsOf(view, context, status);
  const appliers = parents.flatMap((parent) => {
    const address = parseLiveId(parent);
    const applier = view.get(parent);
    return address === undefined || applier === undefined || parent === liveId(context, key)
      ? []
      : [{ address, applier }];
  });
  const recreatedBy = await Promise.all(
    appliers.map(async ({ address, applier }): Promise<Recreation> => {
      const made = await recreationOf(applier, key, object, () => read(applier.id, address.context));
      return { name: describeKey(address.key), isSuspended: applier.suspension !== undefined, with: made };
    }),
  );
  return {
    id,
    refused: takesAlong(view, id, deleted),
    consequence: consequenceOf(id, object, inventoryOf(object)?.length),
    deleted: deleted.map(({ id: one }) => one).sort((a, b) => gravity(a) - gravity(b)),
    kept,
    unread,
    isCut,
    isElsewhere: status?.target !== undefined,
    recreatedBy,
    inside: insideOf(view, context, id),
    dependents: [...(view.find(context)?.sources.into(key) ?? [])].map(describeKey),
    waiting: dependentsOf(view, context, key).map(describeKey).sort(),
  };
}

/** Helm makes nothing anew that is gone, unless its controller corrects drift; the chart of a release is no part of it. */
async function recreationOf(
  applier: LiveStatus,
  key: ResourceKey,
  object: LiveObject,
  readApplier: () => ReturnType<ReadForDeletion>,
): Promise<Recreation['with']> {
  if (applier.id.kind !== 'HelmRelease' || applier.sources.includes(key)) return 'reconciliation';
  const release = await readApplier();
  if (release === undefined || release === 'unread') return 'unknown';
  const isOff = hasSwitch(object, 'driftDetection', 'disabled', 'helm.toolkit.fluxcd.io');
  return liveText(release, 'spec', 'driftDetection', 'mode') === 'enabled' && !isOff ? 'reconciliation' : 'upgrade';
}

function insideOf(view: LiveView, context: string, { group, kind, name }: ResourceId): number {
  if (group !== '' || kind !== 'Namespace') return 0;
  return [...(view.find(context)?.all() ?? [])].filter(({ id }) => id.namespace === name).length;
}

const decides = (id: ResourceId): boolean => consequenceOf(id, {}, 1).name !== 'nothing';
// Helm looks at its own manifests, so nothing on a live object keeps it there.
const isRead = (id: ResourceId, how: 'pruned' | 'uninstalled'): boolean => how === 'pruned' || decides(id);

/** Reads objects, some at once, in the order given. */
async function readAll(
  ids: readonly ResourceId[],
  read: (id: ResourceId) => ReturnType<ReadForDeletion>,
): Promise<readonly (LiveObject | 'unread' | undefined)[]> {
  const found: (LiveObject | 'unread' | undefined)[] = [];
  for (let start = 0; start < ids.length; start += atOnce) {
    found.push(...(await Promise.all(ids.slice(start, start + atOnce).map((id) => read(id)))));
  }
  return found;
}

/** Each controller has switches of its own (flux-operator: `Exclusions` of resourceset_controller.go). */
function reasonToStay(object: LiveObject | undefined, by: string): string | undefined {
  if (by === 'source-watcher') return undefined;
  if (by === 'flux-operator') {
    return hasSwitch(object, 'prune', 'disabled', 'fluxcd.controlplane.io') ? 'prune is disabled on it' : undefined;
  }
  if (hasSwitch(object, 'prune', 'disabled')) return 'prune is disabled on it';
  if (hasSwitch(object, 'reconcile', 'disabled')) return 'reconcile is disabled on it';
  return hasSwitch(object, 'ssa', 'Ignore') ? 'its ssa is Ignore' : undefined;
}
