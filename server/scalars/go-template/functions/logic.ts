import { type JsonValue } from '../../../model/json';
import { isTrue } from '../values';
import { type Functions } from './function';

/** What Go compares: integers of all types are of one. */
const comparable = (value: JsonValue): string | boolean | number | undefined => {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
};

/** Equality of simple values of one type, as Go's `eq` takes them; it refuses to compare others. */
function isSame(a: JsonValue, b: JsonValue): boolean | undefined {
  const [one, other] = [comparable(a), comparable(b)];
  return one === undefined || typeof one !== typeof other ? undefined : one === other;
}

const ordered =
  (holds: (order: number) => boolean) =>
  (a: JsonValue = null, b: JsonValue = null, ...rest: readonly JsonValue[]): boolean | undefined => {
    if (rest.length > 0) return undefined;
    const [one, other] = [comparable(a), comparable(b)];
    if (typeof one === 'number' && typeof other === 'number') return holds(one - other);
    return typeof one === 'string' && typeof other === 'string'
      ? holds(one < other ? -1 : one === other ? 0 : 1)
      : undefined;
  };

/** Functions about truth and order (text/template funcs.go, slim-sprig defaults.go). */
export const logicFunctions: Functions = {
  eq: (a = null, ...others) => {
    const answers = others.map((other) => isSame(a, other));
    return answers.length === 0 || answers.includes(undefined) ? undefined : answers.includes(true);
  },
  ne: (a = null, b = null, ...rest) => {
    const same = rest.length > 0 ? undefined : isSame(a, b);
    return same === undefined ? undefined : !same;
  },
  lt: ordered((order) => order < 0),
  le: ordered((order) => order <= 0),
  gt: ordered((order) => order > 0),
  ge: ordered((order) => order >= 0),
  not: (value = null) => !isTrue(value),
  and: (...args) => args.find((value) => !isTrue(value)) ?? args.at(-1),
  or: (...args) => args.find(isTrue) ?? args.at(-1),
  any: (...args) => args.some(isTrue),
  all: (...args) => args.every(isTrue),
  default: (fallback = null, value = null) => (isTrue(value) ? value : fallback),
  coalesce: (...args) => args.find(isTrue),
  empty: (value = null) => !isTrue(value),
  ternary: (yes = null, no = null, value = null) => (typeof value === 'boolean' ? (value ? yes : no) : undefined),
  // Go tells lists apart by the type of their items, which is not known here.
  deepEqual: (a = null, b = null) => (typeof a === 'string' && typeof b === 'string' ? a === b : undefined),
  plural: (one = null, many = null, count = null) =>
    typeof count === 'bigint' ? (count === 1n ? one : many) : undefined,
};
