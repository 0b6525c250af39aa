import { findCondition } from '../live/condition';
import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { sameStatus, type LiveStatus } from '../live/live-status';
import { watchedChildren } from './children';
import { type LiveView } from './live-view';
import { parentsOf } from './parents';

/** Whether a change of an object leaves everything as it was for the objects around it. */
export function looksSameFromOutside(before: LiveStatus, after: LiveStatus): boolean {
  return readyOf(before) === readyOf(after) && sameStatus(outside(before, after), after);
}

const readyOf = ({ conditions }: LiveStatus): string | undefined => findCondition(conditions, 'Ready')?.status;

/** The object as it was, but for what nobody else looks at. */
function outside(before: LiveStatus, after: LiveStatus): LiveStatus {
  const { resourceVersion, created, message, since, conditions, schedule, requested, handled, suspension, facts } =
    after;
  const inward = { resourceVersion, created, message, since, conditions, schedule, requested, handled, suspension };
  // A release's facts hold the digest that is compared with its chart's.
  return { ...before, ...inward, facts: after.id.kind === 'HelmRelease' ? before.facts : facts };
}

/** The watched objects that an object says it applied, and those it waits for: they show it below them. */
export function namedBy(view: LiveView, context: string, status: LiveStatus): readonly LiveId[] {
  return [...watchedChildren(view, context, status), ...status.dependsOn.map((key) => liveId(context, key))];
}

/**
 * Yields the objects that may look different because these changed, some more than once: those that take artifacts of them
 * or wait for them, those that applied them (their root cause may lie here), each transitively, and those that they applied
 * or wait for. Yields undefined after steps that found none, so that the walk can be interrupted: what changes meanwhile is
 * a change of its own, from which all is reached that this walk no longer reaches.
 */
export function* affectedBy(view: LiveView, changed: Iterable<LiveId>): Generator<LiveId | undefined, void> {
  const affected = new Set<LiveId>();
  const queue: LiveId[] = [...changed];
  for (const id of queue) {
    yield undefined;
    for (const below of belowOf(view, id)) yield below;
  }
  // The queue grows while it is walked.
  for (const id of queue) {
    yield undefined;
    for (const above of aboveOf(view, id)) {
      if (affected.has(above)) continue;
      affected.add(above);
      queue.push(above);
      yield above;
    }
  }
}

/** What an object applied or waits for, and what its labels say was applied by it; only what is there. */
function belowOf(view: LiveView, id: LiveId): readonly LiveId[] {
  const address = parseLiveId(id);
  if (address === undefined) return [];
  const below: LiveId[] = [];
  for (const context of view.contexts()) {
    for (const child of view.find(context)?.labels.into(address.key) ?? []) below.push(liveId(context, child));
  }
  const status = view.statusIn(address.context, address.key);
  if (status !== undefined) below.push(...namedBy(view, address.context, status));
  return below.filter((child) => view.get(child) !== undefined);
}

/** What takes artifacts of an object, waits for it or applied it. */
function aboveOf(view: LiveView, id: LiveId): readonly LiveId[] {
  const address = parseLiveId(id);
  if (address === undefined) return [];
  const { context, key } = address;
  const here = view.find(context);
  const above: LiveId[] = [];
  for (const edges of [here?.sources, here?.dependencies, here?.inventories]) {
    for (const other of edges?.into(key) ?? []) above.push(liveId(context, other));
  }
  for (const hub of view.contexts()) {
    const known = view.find(hub);
    if (known === undefined || known.remoteAppliers === 0) continue;
    for (const applier of known.remoteInventories.into(key)) above.push(liveId(hub, applier));
  }
  const status = here?.get(key);
  if (status !== undefined && status.owners.length > 0) above.push(...parentsOf(view, context, status));
  return above;
}
