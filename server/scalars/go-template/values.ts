import { isArray, isObject, type JsonValue } from '../../model/json';

/** Go's truth of a value (text/template `IsTrue`). */
export function isTrue(value: JsonValue): boolean {
  if (isObject(value)) return value.size > 0;
  if (isArray(value)) return value.length > 0;
  return value !== null && value !== false && value !== 0 && value !== 0n && value !== '';
}

const byKey = ([a]: readonly [string, JsonValue], [b]: readonly [string, JsonValue]): number => (a < b ? -1 : 1);

/** The entries of a map in the order in which Go walks it. */
export const sortedEntries = (map: ReadonlyMap<string, JsonValue>): [string, JsonValue][] => [...map].sort(byKey);

/** A value as Go prints it with `%v`; undefined for what no template prints on purpose. */
export function printed(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return printedNumber(value);
  const parts = isObject(value)
    ? sortedEntries(value).map(([key, item]) => join(`${key}:`, printed(item)))
    : isArray(value)
      ? value.map(printed)
      : [undefined];
  if (parts.includes(undefined)) return undefined;
  return isObject(value) ? `map[${parts.join(' ')}]` : `[${parts.join(' ')}]`;
}

const join = (start: string, rest: string | undefined): string | undefined =>
  rest === undefined ? undefined : start + rest;

/** Whole numbers of JSON are integers to Flux Operator. Very large and very small fractions get an exponent in Go. */
function printedNumber(value: number): string | undefined {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value) : undefined;
  return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15 ? String(value) : undefined;
}

/** True for text whose bytes are its characters, which Go counts and cuts. */
export const isAscii = (text: string): boolean => !/[^\x00-\x7f]/.test(text);

/** Deep equality of values. */
export function equal(a: JsonValue, b: JsonValue): boolean {
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index] ?? null));
  if (!isObject(a)) return a === b;
  return (
    isObject(b) && a.size === b.size && [...a].every(([key, item]) => b.has(key) && equal(item, b.get(key) ?? null))
  );
}
