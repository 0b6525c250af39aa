import { isArray, isObject, type JsonObject, type JsonValue } from '../../../model/json';
import { type Functions, type TemplateFunction } from './function';

/** A function of a map that comes first; undefined for anything else. */
const ofMap =
  (make: (map: JsonObject, ...rest: readonly JsonValue[]) => JsonValue | undefined): TemplateFunction =>
  (map = null, ...rest) =>
    isObject(map) ? make(map, ...rest) : undefined;

/** Keys and values by turns; a key without a value has the empty text. */
function dictionary(...parts: readonly JsonValue[]): JsonObject | undefined {
  const made = new Map<string, JsonValue>();
  for (let at = 0; at < parts.length; at += 2) {
    const key = parts[at];
    if (typeof key !== 'string') return undefined;
    made.set(key, parts[at + 1] ?? '');
  }
  return made;
}

/** The value below keys, or the default, which stands before the map (slim-sprig dict.go, `dig`). */
function dig(...args: readonly JsonValue[]): JsonValue | undefined {
  const [fallback, map = null] = args.slice(-2);
  let value: JsonValue = map;
  for (const key of args.slice(0, -2)) {
    if (typeof key !== 'string' || !isObject(value)) return undefined;
    const next: JsonValue | undefined = value.get(key);
    if (next === undefined) return fallback;
    value = next;
  }
  return value;
}

const filtered = (map: JsonObject, holds: (key: string) => boolean): JsonObject =>
  new Map([...map].filter(([key]) => holds(key)));

/** Functions of maps that leave them as they are (slim-sprig dict.go). */
export const mapFunctions: Functions = {
  dict: dictionary,
  get: ofMap((map, key = null) => (typeof key === 'string' ? (map.get(key) ?? '') : undefined)),
  hasKey: ofMap((map, key = null) => (typeof key === 'string' ? map.has(key) : undefined)),
  // Go gives them in another order each time: what is made of them is known where they are sorted.
  keys: (...maps) =>
    maps.every(isObject) ? maps.flatMap((map) => (isObject(map) ? [...map.keys()].sort() : [])) : undefined,
  values: ofMap((map) => (map.size < 2 ? [...map.values()] : undefined)),
  pick: ofMap((map, ...keys) => filtered(map, (key) => keys.includes(key))),
  omit: ofMap((map, ...keys) => filtered(map, (key) => !keys.includes(key))),
  pluck: (key = null, ...maps) => {
    if (typeof key !== 'string' || isArray(key)) return undefined;
    return maps.flatMap((map) => (isObject(map) ? (map.get(key) ?? []) : []));
  },
  dig,
};
