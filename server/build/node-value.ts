import { type JsonValue } from '../model/json';
import { outputValue } from './kustomize/emit/emit';
import { type Node } from './kustomize/node';

/** The value of a node as the API server gets it: scalars as the emitter would write them. */
export function toValue(node: Node): JsonValue {
  if (node.kind === 'list') return node.items.map(toValue);
  if (node.kind === 'map') return new Map([...node.entries].map(([key, entry]) => [key, toValue(entry)] as const));
  return outputValue(node).value;
}
