import { type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type WatchState } from '../object-sink';
import { type ContextObjects } from '../store/context-objects';

/** Which context a kubeconfig of a cluster leads to, as the user bound it; see `binding/`. */
export interface TargetContexts {
  /**
   * @param context where the applier lives
   * @param target its {@link LiveStatus.target}
   * @returns undefined when nobody bound it
   */
  contextOf(context: string, target: string): string | undefined;
}

/** The store as questions about relations see it: read only. */
export interface LiveView {
  readonly targets: TargetContexts;
  now(): number;
  contexts(): readonly string[];
  find(context: string): ContextObjects | undefined;
  get(id: LiveId): LiveStatus | undefined;
  statusIn(context: string, key: ResourceKey): LiveStatus | undefined;
  stateOf(context: string, object: ResourceId): WatchState | undefined;
}

/** The context in which an applier's objects live; undefined when that cluster is bound to none. */
export function contextOfObjects(view: LiveView, context: string, applier: LiveStatus): string | undefined {
  return applier.target === undefined ? context : view.targets.contextOf(context, applier.target);
}

/**
 * The same for what an applier renders, by its key; the entry point's own objects (an empty key), and those of an applier that
 * is not there, are taken to live beside it.
 */
export function contextOfApplied(view: LiveView, context: string, applier: ResourceKey): string | undefined {
  const status = applier === '' ? undefined : view.statusIn(context, applier);
  return status === undefined ? context : contextOfObjects(view, context, status);
}
