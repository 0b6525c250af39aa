import { type LiveObject, type LiveValue } from '../object-sink';

export const isMap = (value: LiveValue | undefined): value is LiveObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: LiveValue | undefined): value is readonly LiveValue[] => Array.isArray(value);

/**
 * The part of a live value that a rendered one speaks of: the server adds defaults, and others may own further fields.
 * Items of lists are matched by the field that names them, else by their place.
 */
export function masked(live: LiveValue, rendered: LiveValue): LiveValue {
  if (isMap(live) && isMap(rendered)) {
    const kept = Object.keys(rendered).flatMap((key): [string, LiveValue][] => {
      const value = Object.hasOwn(live, key) ? live[key] : undefined;
      const wanted = rendered[key];
      return value === undefined || wanted === undefined ? [] : [[key, masked(value, wanted)]];
    });
    return Object.fromEntries(kept);
  }
  if (!isList(live) || !isList(rendered)) return live;
  const key = nameOfItems([...live, ...rendered]);
  return live.map((item, index) => {
    const other =
      key === undefined ? rendered[index] : rendered.find((one) => isMap(one) && isMap(item) && one[key] === item[key]);
    return other === undefined ? item : masked(item, other);
  });
}

// Merge keys of the lists that Kubernetes merges by one field (structured-merge-diff's x-kubernetes-list-map-keys).
const names = ['name', 'mountPath', 'devicePath', 'containerPort', 'port', 'key', 'ip', 'topologyKey', 'type', 'uid'];

/** The field by which items of a list are told apart; undefined where it is their place. */
export function nameOfItems(items: readonly LiveValue[]): string | undefined {
  return names.find((name) => items.length > 0 && items.every((item) => isMap(item) && item[name] !== undefined));
}
