import { isArray, isObject, type JsonValue } from '../model/json';
import { outputValue } from './kustomize/emit/emit';
import { listNode, mapNode, type Node, textNode } from './kustomize/node';
import { type Origin } from './kustomize/origin';

/** The value of a node as the API server gets it: scalars as the emitter would write them. */
export function toValue(node: Node): JsonValue {
  if (node.kind === 'list') return node.items.map(toValue);
  if (node.kind === 'map') {
    const value = new Map<string, JsonValue>();
    node.entries.forEach((entry, key) => value.set(key, toValue(entry)));
    return value;
  }
  return outputValue(node).value;
}

/** The node of a value, all of one origin. */
export function nodeOfValue(value: JsonValue, origin: Origin): Node {
  if (typeof value === 'string') return textNode(value, origin);
  if (isArray(value))
    return listNode(
      value.map((item) => nodeOfValue(item, origin)),
      origin,
    );
  if (isObject(value)) {
    return mapNode(
      [...value].map(([key, item]) => [key, nodeOfValue(item, origin)] as const),
      origin,
    );
  }
  return { kind: 'scalar', text: String(value), style: 'plain', origin };
}
