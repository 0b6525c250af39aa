import { resolveScalar } from '../../../yaml/scalar';
import { type KeyFault, type MapNode } from '../node';

/**
 * What a map is marked with when an entry is added whose key kustomize writes without quotes: `1:` is then no text, and
 * the object cannot be written as JSON.
 */
export function markOf(map: MapNode, key: string): Pick<MapNode, 'unwritable'> {
  if (map.unwritable !== undefined || isTextWithoutQuotes(key)) return {};
  return { unwritable: { reason: 'key-not-text', key, quoted: quotedKeys(map) } };
}

/** Keys of a map that are text, but would be something else without their quotes. */
export function quotedKeys({ entries, unwritable }: MapNode): ReadonlySet<string> {
  if (unwritable !== undefined) return unwritable.quoted ?? none;
  return new Set([...entries.keys()].filter((key) => !isTextWithoutQuotes(key)));
}

/** The mark of a map that took over entries of another. */
export function markOfBoth(
  unwritable: KeyFault,
  map: MapNode,
  other: MapNode | undefined,
): Required<Pick<MapNode, 'unwritable'>> {
  const quoted = new Set([...quotedKeys(map), ...(other === undefined ? [] : quotedKeys(other))]);
  return { unwritable: { ...unwritable, quoted } };
}

const none: ReadonlySet<string> = new Set();

/** Whether a key is text as it stands, without quotes around it. */
export function isTextWithoutQuotes(key: string): boolean {
  return resolveScalar({ kind: 'scalar', style: 'plain', text: key, start: 0, end: 0 }).kind === 'string';
}
