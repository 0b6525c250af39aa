import { type ResourceKey } from '../../../server/model/resource-id';
import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { behindOf } from './behind';
import { directCauses } from './causes';
import { watchedChildren } from './children';
import { type LiveView } from './live-view';
import { isFailing, isFaulty } from './standing';

/** Where a fault comes from. */
export interface RootCause {
  readonly root: LiveId;
  /** From the object that was asked about (left out) to the root; empty when the object is its own root. */
  readonly path: readonly LiveId[];
  /** The objects wait for each other: `root` is where the circle closes. */
  readonly isCycle: boolean;
  /** The root does not exist. */
  readonly isMissing: boolean;
}

/** The first cause of what is wrong with an object; undefined when nothing is. */
export function rootCauseOf(view: LiveView, id: LiveId): RootCause | undefined {
  const path: LiveId[] = [];
  const seen = new Set([id]);
  let here = id;
  for (;;) {
    const address = parseLiveId(here);
    const status = address && view.statusIn(address.context, address.key);
    if (address === undefined || status === undefined) {
      return path.length === 0 ? undefined : { root: here, path, isCycle: false, isMissing: true };
    }
    const [next] = directCauses(view, address.context, status);
    if (next === undefined) {
      const isOwnFault = path.length > 0 || isFaulty(status);
      return isOwnFault ? { root: here, path, isCycle: false, isMissing: false } : undefined;
    }
    path.push(next.id);
    if (seen.has(next.id)) return { root: next.id, path, isCycle: true, isMissing: false };
    seen.add(next.id);
    here = next.id;
  }
}

/** One fault and all that it keeps from being what it should, be it that it fails, waits, or is behind. */
export interface Fault {
  readonly root: LiveId;
  readonly blocked: readonly LiveId[];
}

/**
 * Every object of a context that fails or waits, gathered under its root; the root that blocks most comes first.
 * @param most so many objects that fail or wait are looked at, the first that are found, and as many that are behind; all without
 */
export function faultsOf(view: LiveView, context: string, most = Number.POSITIVE_INFINITY): readonly Fault[] {
  const faults = new Map<LiveId, LiveId[]>();
  let looked = 0;
  for (const key of view.find(context)?.faulty ?? []) {
    if (++looked > most) break;
    const id = liveId(context, key);
    const root = rootCauseOf(view, id)?.root ?? id;
    const blocked = faults.get(root) ?? [];
    if (root !== id) blocked.push(id);
    faults.set(root, blocked);
  }
  let left = most;
  for (const [root, blocked] of faults) {
    const held = heldBackBy(view, root, left);
    left -= held.length;
    blocked.push(...held);
  }
  return [...faults]
    .map(([root, blocked]) => ({ root, blocked: blocked.sort() }))
    .sort((a, b) => b.blocked.length - a.blocked.length || (a.root < b.root ? -1 : 1));
}

/** Objects that are ready, and behind because of one: those that take content of it, however far, and those it applied. */
function heldBackBy(view: LiveView, root: LiveId, most: number): readonly LiveId[] {
  const address = parseLiveId(root);
  const status = view.get(root);
  if (address === undefined || status === undefined || !isFailing(status)) return [];
  const { context, key } = address;
  const held: LiveId[] = [];
  const look = (id: LiveId): void => {
    const at = parseLiveId(id)?.context ?? '';
    const one = view.get(id);
    if (one?.phase === 'ready' && behindOf(view, at, one).some(({ by }) => by === root)) held.push(id);
  };
  const takers = new Set<ResourceKey>([key]);
  // The set grows while it is walked.
  for (const taker of takers) {
    if (held.length >= most) return held.slice(0, most);
    if (taker !== key) look(liveId(context, taker));
    for (const next of view.find(context)?.sources.into(taker) ?? []) takers.add(next);
  }
  for (const child of watchedChildren(view, context, status)) {
    if (held.length >= most) break;
    if (!held.includes(child)) look(child);
  }
  return held;
}
