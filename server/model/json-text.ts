import { isArray, isObject, type JsonValue } from './json';

/** A value as compact JSON, keys in their order; a number beyond what a number holds keeps its digits. */
export function jsonText(value: JsonValue): string {
  if (typeof value === 'bigint') return String(value);
  if (isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${[...value].map(([key, one]) => `${JSON.stringify(key)}:${jsonText(one)}`).join(',')}}`;
}
