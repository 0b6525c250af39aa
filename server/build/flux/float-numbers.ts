import { outputValue } from '../kustomize/emit/emit';
import { withTextKeys } from '../kustomize/emit/text-keys';
import { formatFloat } from '../kustomize/patch/json-value';
import { type MapNode, type Node, textNode } from '../kustomize/node';

/**
 * The object after Go's JSON has read it into floats, as it does with every object that substitution has looked at: whole
 * numbers beyond 2^53 lose their last digits, a million is held as 1e+06, and 0x1F as 31. The same object where there are none.
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
  if (!mayDiffer.test(node.text) || short.test(node.text)) return node;
  const { kind, value } = outputValue(node);
  if (kind === 'timestamp') return textNode(value, node.origin);
  if (typeof value === 'string') return node;
  const text = typeof value === 'bigint' || typeof value === 'number' ? formatFloat(Number(value)) : String(value);
  return text === node.text ? node : { kind: 'scalar', text, style: 'plain', origin: node.origin };
}

/** Numbers, and truths and nulls that are spelled otherwise by Go. */
const mayDiffer = /^(?:[-+.\d].*|True|TRUE|False|FALSE|Null|NULL|~)?$/;
/** Numbers that come out as they were. */
const short = /^-?(?:0|[1-9]\d{0,4})$/;

function inMap(written: MapNode): MapNode {
  const node = withTextKeys(written, '1.27') ?? written;
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of node.entries) {
    const made = inNode(value);
    if (made !== value) (entries ??= new Map(node.entries)).set(key, made);
  }
  return entries === undefined ? node : { ...node, entries };
}
