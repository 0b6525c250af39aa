import { type ResourceKey } from '../../../server/model/resource-id';
import { type LiveStatus } from '../live/live-status';
import { type WatchScope, type WatchState } from '../object-sink';

/** What one watch has given, and how far it can be trusted. */
export interface ScopeObjects {
  readonly scope: WatchScope;
  state: WatchState;
  readonly objects: Map<ResourceKey, LiveStatus>;
  /** How many of them fail. */
  failing: number;
  /** Number of the newest list; an older one that still arrives counts for nothing. */
  list: number;
}

/** Name of a scope in its context. The version is not part of it: one kind is watched in one version. */
export function scopeKey({
  group,
  kind,
  namespace = '',
  part,
}: Pick<WatchScope, 'group' | 'kind' | 'namespace' | 'part'>): string {
  return `${group}/${kind}/${namespace}${part === undefined ? '' : `/${part}`}`;
}
