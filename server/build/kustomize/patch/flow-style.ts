import { type ListNode, type MapNode, type Node } from '../node';
import { isAsWritten, isQuotedInFlow } from '../read/to-node';

/**
 * An object after parts of other documents came into it: what stands in brackets now is quoted as if it had been read
 * there, so that `image:` moved into `spec: {}` becomes the empty text. The identical object when nothing changes.
 */
export function enterFlow(object: MapNode): MapNode {
  return mapInFlow(object, isFlow(object));
}

function inFlow(node: Node, isInside: boolean): Node {
  if (node.kind === 'scalar') {
    const isQuoted = isInside && node.style === 'plain' && node.tag === undefined && isQuotedInFlow(node.text);
    return isQuoted && node.quotedInFlow !== true ? { ...node, quotedInFlow: true } : node;
  }
  const wasInside = isFlow(node);
  // What is as its document wrote it was quoted when it was read.
  if (isAsWritten(node) && (wasInside || !isInside)) return node;
  if (node.kind === 'map') return mapInFlow(node, isInside || wasInside);
  const items = node.items.map((item) => inFlow(item, isInside || wasInside));
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
}

function mapInFlow(map: MapNode, isInside: boolean): MapNode {
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of map.entries) {
    const entered = inFlow(value, isInside);
    if (entered !== value) (entries ??= new Map(map.entries)).set(key, entered);
  }
  return entries === undefined ? map : { ...map, entries };
}

/** True for a map or list that has brackets of its own. */
export const isFlow = (node: Node): boolean => node.kind !== 'scalar' && node.isFlow === true;

/** The map or list with or without brackets. */
export function withFlow<T extends MapNode | ListNode>(node: T, hasBrackets: boolean): T {
  return isFlow(node) === hasBrackets ? node : { ...node, isFlow: hasBrackets };
}

/** What is empty is written as the patch is; the rest keeps its brackets (kyaml/yaml/merge2, `SetStyle`). */
export function styledBy<T extends MapNode | ListNode>(object: T, patch: T): T {
  const size = object.kind === 'map' ? object.entries.size : object.items.length;
  return size === 0 ? withFlow(object, isFlow(patch)) : object;
}
