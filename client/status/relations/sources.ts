import { parseResourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from './live-view';

/** A source of an object, or the source of one. Undefined: there is no such object, or nobody may see it. */
export interface SourceLink {
  readonly key: ResourceKey;
  readonly status: LiveStatus | undefined;
  /** Its kind is completely known, so that what is not there does not exist. */
  readonly isKnown: boolean;
}

/** A source by its key. */
export function sourceLink(view: LiveView, context: string, key: ResourceKey): SourceLink {
  const id = parseResourceKey(key);
  const isKnown = id !== undefined && view.stateOf(context, id)?.name === 'live';
  return { key, status: view.statusIn(context, key), isKnown };
}

const deepest = 6;

/** All that an object's content comes from, nearest first: HelmRelease ← HelmChart ← HelmRepository. Each once. */
export function sourceChain(view: LiveView, context: string, object: LiveStatus): readonly SourceLink[] {
  const chain = new Map<ResourceKey, SourceLink>();
  let level = object.sources;
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next: ResourceKey[] = [];
    for (const key of level) {
      if (chain.has(key) || key === object.key) continue;
      const link = sourceLink(view, context, key);
      chain.set(key, link);
      next.push(...(link.status?.sources ?? []));
    }
    level = next;
  }
  return [...chain.values()];
}
