/**
 * A YAML or JSON value as Go's decoders see it. Objects are Maps, because JavaScript objects reorder
 * keys that look like integers; integers beyond 2^53 are bigint.
 */
export type JsonValue = null | boolean | number | bigint | string | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** Keys and indices from the document root. */
export type Path = readonly (string | number)[];

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

export function isArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** The value at a path; undefined when a step is missing or of another shape. */
export function valueAt(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  let here = value;
  // Asked so often that an iterator for each question shows in the time a check takes.
  for (let at = 0; at < path.length; at++) {
    const step = path[at];
    if (typeof step === 'number') here = isArray(here) ? here[step] : undefined;
    else here = isObject(here) && step !== undefined ? here.get(step) : undefined;
    if (here === undefined) return undefined;
  }
  return here;
}

/** The text at a path; undefined when there is nothing or no string. */
export function stringAt(value: JsonValue | undefined, ...path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The object at a path; undefined when there is nothing or no object. */
export function objectAt(value: JsonValue | undefined, ...path: Path): JsonObject | undefined {
  const found = valueAt(value, path);
  return isObject(found) ? found : undefined;
}

/** The items at a path; empty when there is nothing or no list. */
export function itemsAt(value: JsonValue | undefined, ...path: Path): JsonArray {
  const found = valueAt(value, path);
  return isArray(found) ? found : [];
}

/** Deep equality of values. */
export function equalValues(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    const other = itemsAt(b);
    return a.length === b.length && itemsAt(a).every((item, index) => equalValues(item, other[index]));
  }
  if (!isObject(a) || !isObject(b) || a.size !== b.size) return false;
  for (const [key, value] of a) if (!b.has(key) || !equalValues(value, b.get(key))) return false;
  return true;
}
