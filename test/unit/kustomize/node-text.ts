import { type MapNode, type Node } from '../../../server/build/kustomize/node';
import { toNode } from '../../../server/build/kustomize/read/to-node';
import { parseDocument } from '../../../server/yaml/parse';

/** A document as the engine holds it, every origin its offset. */
export function readMap(text: string): MapNode {
  const node = toNode(parseDocument(text), 0, false);
  if (node === undefined || node.kind !== 'map') throw new Error('the document is no map');
  return node;
}

/** What a tree says, for comparison: scalars by their text, a `!` before those that are text by style or tag. */
export function shown(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(shown);
  if (node.kind === 'map') return Object.fromEntries([...node.entries].map(([key, value]) => [key, shown(value)]));
  return node.style !== 'plain' || node.tag === '!!str' ? `!${node.text}` : node.text;
}
