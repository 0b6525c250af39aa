import { type JsonData } from '../../schemas/schema';
import { isArray, isObject, type JsonValue } from '../model/json';

/** The value as the model holds it: objects become Maps. */
export function fromData(data: JsonData): JsonValue {
  if (data === null || typeof data !== 'object') return data;
  if (Array.isArray(data)) return (data as readonly JsonData[]).map(fromData);
  return new Map(Object.entries(data).map(([key, value]) => [key, fromData(value)]));
}

/** One text per value: equal values, whatever the order of their keys, have equal texts. */
export function canonical(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const entries = [...value].map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`);
    return `{${entries.sort().join(',')}}`;
  }
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
