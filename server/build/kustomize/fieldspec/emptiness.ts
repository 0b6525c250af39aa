import { type Node } from '../node';

const nullWords: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);

/** True for what go-yaml tags `!!null`, a key without a value included. */
export function isNull(node: Node): boolean {
  if (node.kind !== 'scalar') return false;
  return node.tag === undefined ? node.style === 'plain' && nullWords.has(node.text) : node.tag === '!!null';
}

/** True for null, `{}` and `[]` (kyaml/yaml/types.go, `IsYNodeNilOrEmpty`); `""` is a value. */
export function isNullOrEmpty(node: Node): boolean {
  if (node.kind === 'map') return node.entries.size === 0;
  return node.kind === 'list' ? node.items.length === 0 : isNull(node);
}
