import { type LiveObject, type LiveValue } from '../../status/object-sink';

/** The value as an object; undefined for anything else, lists included. */
export function asObject(value: LiveValue | undefined): LiveObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LiveObject) : undefined;
}

/** The value at a path of keys; undefined when a step is missing or of another shape. */
export function fieldAt(value: LiveValue | undefined, ...path: readonly string[]): LiveValue | undefined {
  let here = value;
  for (const key of path) {
    const object = asObject(here);
    here = object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
  }
  return here;
}

/** The text at a path; empty when there is nothing or no text. */
export function textAt(value: LiveValue | undefined, ...path: readonly string[]): string {
  const found = fieldAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The items at a path; empty when there is nothing or no list. */
export function listAt(value: LiveValue | undefined, ...path: readonly string[]): readonly LiveValue[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found) ? (found as readonly LiveValue[]) : [];
}

/** The text as a JSON object; undefined when it is none. */
export function parseObject(text: string): LiveObject | undefined {
  try {
    return asObject(JSON.parse(text) as LiveValue);
  } catch {
    return undefined;
  }
}
