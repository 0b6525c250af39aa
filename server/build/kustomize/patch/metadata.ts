import { markOf } from '../fieldspec/entry-key';
import { wouldBeQuoted } from '../fieldspec/quoted';
import { overwrite } from '../fieldspec/shared-scalar';
import { pairsOf } from '../metadata/pairs';
import { mapNode, type MapNode, type Node, type ScalarNode, withEntry } from '../node';
import { valueText } from './elements';

/** The metadata of an object; undefined when there is none or it is no map. */
export function metadataOf(object: MapNode): MapNode | undefined {
  const metadata = object.entries.get('metadata');
  return metadata?.kind === 'map' ? metadata : undefined;
}

/** The object with its metadata changed; made where there is none. */
export function withMetadata(object: MapNode, change: (metadata: MapNode) => MapNode): MapNode {
  const metadata = metadataOf(object) ?? { kind: 'map', entries: new Map<string, Node>(), origin: object.origin };
  return withEntry(object, 'metadata', change(metadata));
}

/** The map with a text put back as kustomize's own setters do: without a tag, in the style of what stands there. */
export function withPlainText(map: MapNode, key: string, text: string): MapNode {
  const before = map.entries.get(key);
  const origin = before?.origin ?? map.origin;
  const bare: ScalarNode = { kind: 'scalar', text, style: 'plain', isBare: true, origin };
  if (before === undefined) {
    return withEntry(map, key, wouldBeQuoted(text) ? { kind: 'scalar', text, style: 'double', origin } : bare);
  }
  if (before.kind === 'scalar' && before.text === text && before.isBare === true && !wouldBeQuoted(text)) return map;
  return withEntry(map, key, overwrite(before, bare, new Map()));
}

/** Labels or annotations as kustomize writes them back: all values text, sorted, no map at all when it is empty. */
export function withTextEntries(metadata: MapNode, field: 'labels' | 'annotations'): MapNode {
  const map = metadata.entries.get(field);
  if (map === undefined) return metadata;
  const entries = [...new Map(pairsOf(map))].sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return withEntry(metadata, field, undefined);
  const texts = entries.map(([key, value]): [string, Node] => [key, textOf(value)]);
  // All keys are written anew: none stands there twice, and none has the quotes that it had.
  const made = mapNode(texts, map.origin);
  const mark = texts.map(([key]) => markOf(mapNode([], 0), key)).find(({ unwritable }) => unwritable !== undefined);
  const flow = map.kind === 'map' && map.isFlow === true && ({ isFlow: true } as const);
  return withEntry(metadata, field, { ...made, ...mark, ...flow });
}

function textOf(value: Node): ScalarNode {
  if (value.kind === 'scalar' && value.tag === '!!str' && value.shared === undefined) return value;
  return { kind: 'scalar', text: valueText(value), style: 'plain', tag: '!!str', origin: value.origin };
}
