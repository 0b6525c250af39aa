import { resolveScalar } from '../../../yaml/scalar';
import { type MapNode } from '../node';

/**
 * What a map is marked with when an entry is added whose key kustomize writes without quotes: `1:` is then no text, and
 * the object cannot be written as JSON.
 */
export function markOf(map: MapNode, key: string): Pick<MapNode, 'unwritable'> {
  if (map.unwritable !== undefined) return {};
  const { kind } = resolveScalar({ kind: 'scalar', style: 'plain', text: key, start: 0, end: 0 });
  return kind === 'string' ? {} : { unwritable: { reason: 'key-not-text', key } };
}
