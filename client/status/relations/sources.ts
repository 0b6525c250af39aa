import { parseResourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from './live-view';

/** A source of an object, or the source of one. Undefined: there is no such object, or nobody may see it. */
export interface SourceLink {
  readonly key: ResourceKey;
  readonly status: LiveStatus | undefined;
  /** It is there, or its kind is completely known, so that it does not exist. */
  readonly isKnown: boolean;
}

/** A source by its key. */
export function sourceLink(view: LiveView, context: string, key: ResourceKey): SourceLink {
  const status = view.statusIn(context, key);
  if (status !== undefined) return { key, status, isKnown: true };
  const id = parseResourceKey(key);
  return { key, status, isKnown: id !== undefined && view.stateOf(context, id)?.name === 'live' };
}

const deepest = 6;

/** All that an object's content comes from, nearest first: HelmRelease ← HelmChart ← HelmRepository. Each once. */
export function sourceChain(view: LiveView, context: string, object: LiveStatus): readonly SourceLink[] {
  const chain: SourceLink[] = [];
  let level = object.sources;
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const next: ResourceKey[] = [];
    for (const key of level) {
      if (key === object.key || chain.some((link) => link.key === key)) continue;
      const link = sourceLink(view, context, key);
      chain.push(link);
      next.push(...(link.status?.sources ?? []));
    }
    level = next;
  }
  return chain;
}
