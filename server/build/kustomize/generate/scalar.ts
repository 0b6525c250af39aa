import { type JsonValue } from '../../../model/json';
import { resolveScalar, type Dialect, type ResolvedScalar } from '../../../yaml/scalar';
import { type Node, type ScalarNode } from '../node';
import { type Origin } from '../origin';

/** What a scalar of a build means. */
export function meaningOf(node: ScalarNode, dialect: Dialect = 'go-yaml-v3'): ResolvedScalar {
  return resolveScalar({ ...node, start: 0, end: 0 }, dialect);
}

const tags: Readonly<Record<ResolvedScalar['kind'], string>> = {
  null: '!!null',
  bool: '!!bool',
  int: '!!int',
  float: '!!float',
  string: '!!str',
  timestamp: '!!timestamp',
  binary: '!!binary',
  merge: '!!merge',
};

/**
 * The scalar with another text. What it was read as stays, as go-yaml's nodes keep their tag: text put into the place
 * of a number is then no number, and the output fails. One that was set without a tag never had one.
 */
export function withText(node: ScalarNode, text: string, origin: Origin): ScalarNode {
  if (node.isBare === true) return { ...node, text, origin };
  return { ...node, text, tag: node.tag ?? (node.style === 'plain' ? tags[meaningOf(node).kind] : '!!str'), origin };
}

/** A value read for configuration: what kustomize decodes through JSON into its structures. */
export function configValue(node: Node, dialect: Dialect = 'kustomization'): JsonValue {
  if (node.kind === 'scalar') return meaningOf(node, dialect).value;
  if (node.kind === 'list') return node.items.map((item) => configValue(item, dialect));
  return new Map(Array.from(node.entries, ([key, value]) => [key, configValue(value, dialect)]));
}
