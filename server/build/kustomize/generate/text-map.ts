import { type MapNode, type Node } from '../node';
import { type Origin } from '../origin';
import { meaningOf } from './scalar';

const surelyText = /^[A-Za-z_/]/;

/** True for a key that YAML reads as text. The words it reads otherwise (`true`, `null`) start with letters too. */
function isText(key: string, origin: Origin): boolean {
  if (key.length > 5 && surelyText.test(key)) return true;
  return meaningOf({ kind: 'scalar', text: key, style: 'plain', origin }).kind === 'string';
}

/**
 * A map as kustomize makes one from texts, for `data`, labels and annotations: the keys stand there without quotes or
 * tag, so that one like `007` is no text any more and the object cannot be written.
 */
export function textMap(entries: Iterable<readonly [string, Node]>, origin: Origin): MapNode {
  const map: MapNode = { kind: 'map', entries: new Map(entries), origin };
  for (const key of map.entries.keys()) {
    if (!isText(key, origin)) return { ...map, unwritable: { reason: 'key-not-text', key } };
  }
  return map;
}
