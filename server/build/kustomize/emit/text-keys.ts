import { resolveScalar } from '../../../yaml/scalar';
import { type MapNode, type Node } from '../node';

/**
 * The release of Go whose JSON (encoding/json) writes objects: kustomize 5.8.1 has an older one than 1.27, Flux has that
 * since 2.10.
 */
export type GoRelease = '1.26' | '1.27';

/** A key as Go 1.27 writes it where it is read as a whole number or a time; undefined for other keys that are no text. */
function textOf(key: string): string | undefined {
  const { kind, value } = resolveScalar({ kind: 'scalar', style: 'plain', text: key, start: 0, end: 0 });
  if (kind === 'string') return key;
  const isWhole = kind === 'int' || kind === 'timestamp';
  return isWhole ? String(value) : undefined;
}

/**
 * A map with all keys as they are in JSON. Before Go 1.27 a key that is no text ends the build; since then whole numbers
 * and times become text.
 * @returns undefined where Go refuses the map
 */
export function withTextKeys(map: MapNode, go: GoRelease): MapNode | undefined {
  // Nearly every map is one of these.
  if (map.unwritable === undefined) return map;
  const { unwritable, ...rest } = map;
  if (unwritable.reason !== 'key-not-text' || unwritable.last !== undefined || go === '1.26') return undefined;
  const entries = new Map<string, Node>();
  for (const [key, value] of map.entries) {
    const text = unwritable.quoted?.has(key) === true ? key : key === '' ? undefined : textOf(key);
    if (text === undefined || entries.has(text)) return undefined;
    entries.set(text, value);
  }
  return { ...rest, entries };
}
