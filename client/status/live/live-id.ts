import { resourceKey, type ResourceId, type ResourceKey } from '../../../server/model/resource-id';

/** Text form of an object of a context: `context|group/Kind/namespace/name`; `|` and `%` of the context are encoded. */
export type LiveId = string;

/** An object of a connected context. */
export interface LiveAddress {
  readonly context: string;
  readonly key: ResourceKey;
}

export function liveId(context: string, object: ResourceKey | ResourceId): LiveId {
  const key = typeof object === 'string' ? object : resourceKey(object);
  return `${/[%|]/.test(context) ? context.replace(/[%|]/g, encodeURIComponent) : context}|${key}`;
}

const keyForm = /^[^/|]*\/[^/|]+\/[^/|]*\/[^/|]*$/;

/** @returns undefined when the text is not of the form {@link liveId} makes. */
export function parseLiveId(id: LiveId): LiveAddress | undefined {
  const bar = id.indexOf('|');
  const key = id.slice(bar + 1);
  if (bar < 0 || !keyForm.test(key)) return undefined;
  const context = id.slice(0, bar);
  if (!context.includes('%')) return { context, key };
  try {
    return { context: decodeURIComponent(context), key };
  } catch {
    return undefined;
  }
}
