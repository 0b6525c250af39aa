import { type Node, type ScalarNode } from '../node';

/** Contents to put into every place that holds a shared scalar, by its mark. */
export type Overwrites = Map<object, ScalarNode>;

/**
 * Scalar content with which kustomize overwrites a value in place: what is said of the place (its style and, for a
 * label that one transformer put into several fields, its mark) stays, text and tag are those of the content. A quoted
 * place makes text of any content but an explicit null (kyaml/yaml/fns.go, `FieldSetter`; go-yaml writes `"3"` for an
 * integer in a double-quoted node and reads it back as text).
 */
export function overwrite(place: Node, content: ScalarNode, overwrites: Overwrites): ScalarNode {
  const style = place.kind === 'scalar' ? place.style : 'plain';
  const isText = content.tag === '!!str' || (content.tag === undefined && content.style !== 'plain');
  const { text, origin } = content;
  const tag = isText ? '!!str' : style === 'plain' ? content.tag : undefined;
  const mark = place.kind === 'scalar' ? place.shared : undefined;
  const made: ScalarNode = {
    kind: 'scalar',
    text,
    style,
    ...(tag && { tag }),
    ...(mark && { shared: mark }),
    ...(content.isBare && { isBare: true }),
    origin,
  };
  if (mark !== undefined) overwrites.set(mark, made);
  return made;
}

/** The tree with every shared scalar of which a place was overwritten changed in all its places. */
export function spreadOverwrites<T extends Node>(tree: T, overwrites: Overwrites): T;
export function spreadOverwrites(tree: Node, overwrites: Overwrites): Node {
  if (overwrites.size === 0) return tree;
  if (tree.kind === 'scalar') return (tree.shared && overwrites.get(tree.shared)) ?? tree;
  if (tree.kind === 'list') {
    const items = tree.items.map((item) => spreadOverwrites(item, overwrites));
    return items.every((item, index) => item === tree.items[index]) ? tree : { ...tree, items };
  }
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of tree.entries) {
    const spread = spreadOverwrites(value, overwrites);
    if (spread !== value) (entries ??= new Map(tree.entries)).set(key, spread);
  }
  return entries === undefined ? tree : { ...tree, entries };
}
