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
 * The objects that may look different because these changed: those that take artifacts of them or wait for them, those
 * that applied them (their root cause may lie here), each transitively, and those that they
 * applied or wait for.
 */
export function affectedBy(view: LiveView, changed: Iterable<LiveId>): ReadonlySet<LiveId> {
  const affected = new Set<LiveId>();
  const contexts = view.contexts();
  const hubs = contexts.filter((context) => (view.find(context)?.remoteAppliers ?? 0) > 0);
  const queue: LiveId[] = [...changed];
  const add = (id: LiveId): void => {
    if (affected.has(id)) return;
    affected.add(id);
    queue.push(id);
  };
  const below = new Set<LiveId>();
  for (const id of queue) {
    const address = parseLiveId(id);
    const status = address && view.statusIn(address.context, address.key);
    if (address === undefined) continue;
    for (const context of contexts) {
      for (const child of view.find(context)?.labels.into(address.key) ?? []) below.add(liveId(context, child));
    }
    if (status === undefined) continue;
    for (const child of namedBy(view, address.context, status)) below.add(child);
  }
  // The queue grows while it is walked.
  for (const id of queue) {
    const address = parseLiveId(id);
    if (address === undefined) continue;
    const { context, key } = address;
    const here = view.find(context);
    for (const other of here?.sources.into(key) ?? []) add(liveId(context, other));
    for (const other of here?.dependencies.into(key) ?? []) add(liveId(context, other));
    for (const other of here?.inventories.into(key) ?? []) add(liveId(context, other));
    for (const hub of hubs) {
      for (const applier of view.find(hub)?.remoteInventories.into(key) ?? []) add(liveId(hub, applier));
    }
    const status = here?.get(key);
    if (status === undefined || status.owners.length === 0) continue;
    for (const parent of parentsOf(view, context, status)) add(parent);
  }
  for (const id of below) if (view.get(id) !== undefined) affected.add(id);
  return affected;
}
