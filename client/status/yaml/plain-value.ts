import { isArray, isObject, type JsonValue } from '../../../server/model/json';
import { type LiveValue } from '../object-sink';

/** The value as the API server's JSON would hold it. */
export function plainValue(value: JsonValue): LiveValue {
  if (isArray(value)) return value.map(plainValue);
  if (isObject(value)) return Object.fromEntries([...value].map(([key, one]) => [key, plainValue(one)]));
  return typeof value === 'bigint' ? Number(value) : value;
}
