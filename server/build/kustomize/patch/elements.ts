import { isNull } from '../fieldspec/emptiness';
import { type Node } from '../node';
import { MergeConflict } from './outcome';

/** Text of a scalar as written; maps and lists have none. */
export function valueText(node: Node): string {
  return node.kind === 'scalar' ? node.text : '';
}

const isNothing = (node: Node) => isNull(node) || (node.kind === 'map' && node.entries.size === 0);

/**
 * True when the field of an item has the value; any value for the empty text. The field with the empty name is the
 * item itself (kyaml/yaml/fns.go, `FieldMatcher`).
 */
function hasValue(item: Node, key: string, value: string): boolean | MergeConflict {
  if (key === '') {
    if (item.kind !== 'scalar') return new MergeConflict('has a list item that is no single value');
    return valueText(item) === value;
  }
  if (item.kind !== 'map') return new MergeConflict('has a list item that is no map');
  const field = item.entries.get(key);
  return field !== undefined && (value === '' || valueText(field) === value);
}

/**
 * The items with the one of the given keys and values replaced by an element (or, for undefined, removed); where none
 * matches, the element goes to the end. As in kustomize (kyaml/yaml/fns.go, `ElementSetter`) nulls and `{}` are dropped
 * on the way, and so is every item when no values are given.
 */
export function setElement(
  items: readonly Node[],
  keys: readonly string[],
  values: readonly string[],
  element: Node | undefined,
): Node[] | MergeConflict {
  const meansMap = keys[0] !== '' && values[0] !== undefined && values[0] !== '';
  const result: Node[] = [];
  let hasMatch = false;
  for (const item of items) {
    if (isNothing(item)) continue;
    if (item.kind !== 'map' && meansMap) {
      result.push(item);
      continue;
    }
    const isMatch = matches(item, keys, values);
    if (isMatch instanceof MergeConflict) return isMatch;
    if (isMatch) {
      hasMatch = true;
      if (element !== undefined) result.push(element);
    } else if (values.length > 0) {
      result.push(item);
    }
  }
  if (element !== undefined && !hasMatch && !isNull(element)) result.push(element);
  return result;
}

function matches(item: Node, keys: readonly string[], values: readonly string[]): boolean | MergeConflict {
  // A key without a value takes the verdict of the key before it.
  let verdict: boolean | MergeConflict = false;
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    if (value !== undefined) verdict = hasValue(item, key, value);
    if (verdict !== true) return verdict;
  }
  return verdict;
}

/** Index of the first item with exactly these values, -1 for none (kyaml/yaml/fns.go, `ElementMatcher`). */
export function findElement(items: readonly Node[], keys: readonly string[], values: readonly string[]): number {
  if (keys.length === 0 || keys[0] === '') return items.findIndex((item) => valueText(item) === (values[0] ?? ''));
  return items.findIndex(
    (item) =>
      item.kind === 'map' &&
      keys.every((key, index) => {
        const field = item.entries.get(key);
        return field !== undefined && valueText(field) === (values[index] ?? '');
      }),
  );
}

/** The first items, each replaced by the one of the second that has its keys, then the rest of the second. */
export function appendElements(
  first: readonly Node[],
  second: readonly Node[],
  keys: readonly string[],
): readonly Node[] | MergeConflict {
  let items: Node[] | MergeConflict = [...first];
  for (const element of second) {
    const values: string[] = [];
    if (keys[0] === '') {
      values.push(valueText(element));
    } else {
      for (const key of keys) {
        const value = fieldOf(element, key);
        if (value instanceof MergeConflict) return value;
        if (value === undefined) items.push(element);
        else values.push(valueText(value));
      }
      if (keys.length > 1) items = setElement(items, keys, values, undefined);
      if (items instanceof MergeConflict) return items;
    }
    items = setElement(items, keys, values, element);
    if (items instanceof MergeConflict) return items;
  }
  return items;
}

function fieldOf(element: Node, key: string): Node | undefined | MergeConflict {
  if (isNull(element)) return undefined;
  return element.kind === 'map' ? element.entries.get(key) : new MergeConflict('has a list item that is no map');
}
