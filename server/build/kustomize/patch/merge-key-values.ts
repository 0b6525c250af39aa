import { isNullOrEmpty } from '../fieldspec/emptiness';
import { type Node } from '../node';
import { valueText } from './elements';

/** One text for each merge key of an item, empty where it has none. */
export type KeyValues = readonly string[];

/** What names the items of lists, each once, in the order of the lists (`elementValues`, `elementPrimitiveValues`). */
export function keyValuesOf(lists: readonly (readonly Node[])[], keys: readonly string[]): KeyValues[] {
  const seen = new Set<string>();
  const found: KeyValues[] = [];
  for (const item of lists.flat()) {
    const values = keys[0] === '' ? [valueText(item)] : keys.map((key) => keyValue(item, key));
    const text = values.join('\0');
    if (seen.has(text)) continue;
    seen.add(text);
    found.push(values);
  }
  return found;
}

function keyValue(item: Node, key: string): string {
  const field = item.kind === 'map' ? item.entries.get(key) : undefined;
  return field === undefined || isNullOrEmpty(field) ? '' : valueText(field);
}

/**
 * Makes items one that agree in a value and differ only where one of them has none: a patch for port 80 means the port
 * 80/UDP (`mergeValues`). Works through the list in place, as kustomize does, so with three of them the last wins.
 */
export function uniteKeyValues(all: KeyValues[]): void {
  for (const [index, first] of all.entries()) {
    for (const [other, second] of all.entries()) {
      const united = unite(first, second);
      if (united !== undefined) all[index] = all[other] = united;
    }
  }
}

function unite(first: KeyValues, second: KeyValues): KeyValues | undefined {
  let hasCommon = false;
  const united: string[] = [];
  for (const [index, a] of first.entries()) {
    const b = second[index] ?? '';
    if (a === b) hasCommon = true;
    else if (a !== '' && b !== '') return undefined;
    united.push(a === '' ? b : a);
  }
  return hasCommon ? united : undefined;
}

/** The keys of which any item has a value, with the values of one item; all keys where none has (`validateKeys`). */
export function usedKeys(
  all: readonly KeyValues[],
  values: KeyValues,
  keys: readonly string[],
): { readonly keys: readonly string[]; readonly values: KeyValues } {
  const isUsed = keys.map((_, index) => all.some((one) => one[index] !== undefined && one[index] !== ''));
  if (!isUsed.includes(true)) return { keys, values };
  return {
    keys: keys.filter((_, index) => isUsed[index]),
    values: values.filter((value, index) => value !== '' || isUsed[index]),
  };
}
