import { isNull } from '../fieldspec/emptiness';
import { type Node } from '../node';

/**
 * True when a `test` operation takes two values for the same: maps and lists by their parts, everything else by its
 * JSON text, of which both sides are known to be written by Go unless the patch is JSON itself.
 */
export function areEqual(value: Node, tested: Node): boolean {
  if (isNull(value) || isNull(tested)) return isNull(value) && isNull(tested);
  if (value.kind === 'scalar')
    return tested.kind === 'scalar' && isText(value) === isText(tested) && value.text === tested.text;
  if (value.kind === 'list') {
    if (tested.kind !== 'list' || value.items.length !== tested.items.length) return false;
    return value.items.every((item, index) => {
      const other = tested.items[index];
      return other !== undefined && areEqual(item, other);
    });
  }
  if (tested.kind !== 'map' || value.entries.size !== tested.entries.size) return false;
  return [...value.entries].every(([key, entry]) => {
    const other = tested.entries.get(key);
    return other !== undefined && areEqual(entry, other);
  });
}

const plainWords = /^(?:true|false|-?\d.*)$/;

/** True for text, false for a number or truth value; both sides are in the form that `throughJson` makes. */
function isText(node: Node): boolean {
  return node.kind === 'scalar' && (node.style !== 'plain' || node.tag === '!!str' || !plainWords.test(node.text));
}
