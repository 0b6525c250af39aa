import { outputValue } from '../kustomize/emit/emit';
import { formatFloat } from '../kustomize/patch/json-value';
import { type MapNode, type Node } from '../kustomize/node';

/**
 * The object after Go's JSON has read it into floats, as it does with every object that substitution has looked at: whole
 * numbers beyond 2^53 lose their last digits, and a million is held as 1e+06. The same object where there are none.
 */
export function withFloatNumbers(object: MapNode): MapNode {
  return inMap(object);
}

function inNode(node: Node): Node {
  if (node.kind === 'map') return inMap(node);
  if (node.kind === 'list') {
    const items = node.items.map(inNode);
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  if (!mayBeLarge.test(node.text)) return node;
  const { value } = outputValue(node);
  if (typeof value !== 'bigint' && typeof value !== 'number') return node;
  const text = formatFloat(Number(value));
  return text === node.text ? node : { kind: 'scalar', text, style: 'plain', origin: node.origin };
}

/** Shorter numbers come out as they were. */
const mayBeLarge = /^[-+.\d].{5}/;

function inMap(node: MapNode): MapNode {
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of node.entries) {
    const made = inNode(value);
    if (made !== value) (entries ??= new Map(node.entries)).set(key, made);
  }
  return entries === undefined ? node : { ...node, entries };
}
