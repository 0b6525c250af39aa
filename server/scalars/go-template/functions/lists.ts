import { isArray, isObject, type JsonValue } from '../../../model/json';
import { equal, isAscii, isTrue } from '../values';
import { type Functions, integerOf, intOf, type TemplateFunction } from './function';

type List = readonly JsonValue[];

/** A function of a list that comes first; undefined for anything else. */
const ofList =
  (make: (list: List, ...rest: readonly JsonValue[]) => JsonValue | undefined): TemplateFunction =>
  (list = null, ...rest) =>
    isArray(list) ? make(list, ...rest) : undefined;

const uniqueOf = (list: List): List =>
  list.filter((item, index) => list.findIndex((other) => equal(other, item)) === index);

/** An item or a value below a list or a map; a key that a map lacks has the zero of its type, which is not known here. */
function at(container: JsonValue, key: JsonValue): JsonValue | undefined {
  if (isArray(container)) return typeof key === 'string' ? undefined : container[integerOf(key) ?? -1];
  return isObject(container) && typeof key === 'string' ? container.get(key) : undefined;
}

function part(list: List, start: JsonValue | undefined, end: JsonValue | undefined): List | undefined {
  const [from, to] = [integerOf(start ?? 0), integerOf(end ?? list.length)];
  const isInside = from !== undefined && to !== undefined && from >= 0 && from <= to && to <= list.length;
  return isInside ? list.slice(from, to) : undefined;
}

const mostItems = 10_000;

/** Whole numbers from `start` on, `stop` left out (slim-sprig numeric.go, `untilStep`). */
function numbers(start: JsonValue, stop: JsonValue, step: JsonValue): List | undefined {
  const [from, to, by] = [intOf(start), intOf(stop), intOf(step)];
  if (from === undefined || to === undefined || by === undefined) return undefined;
  if (by === 0 || (to < from ? by > 0 : by < 0)) return [];
  const count = Math.ceil((to - from) / by);
  return count > mostItems ? undefined : Array.from({ length: count }, (_, index) => BigInt(from + index * by));
}

/** Functions of lists (slim-sprig list.go). */
export const listFunctions: Functions = {
  list: (...items) => items,
  tuple: (...items) => items,
  first: ofList((list) => list[0]),
  last: ofList((list) => list.at(-1)),
  rest: ofList((list) => (list.length === 0 ? undefined : list.slice(1))),
  initial: ofList((list) => (list.length === 0 ? undefined : list.slice(0, -1))),
  reverse: ofList((list) => [...list].reverse()),
  uniq: ofList(uniqueOf),
  compact: ofList((list) => list.filter(isTrue)),
  append: ofList((list, item = null) => [...list, item]),
  prepend: ofList((list, item = null) => [item, ...list]),
  without: ofList((list, ...gone) => list.filter((item) => !gone.some((one) => equal(one, item)))),
  has: (item = null, list = null) => (isArray(list) ? list.some((one) => equal(one, item)) : undefined),
  concat: (...lists) => (lists.every(isArray) ? lists.flatMap((list) => (isArray(list) ? list : [])) : undefined),
  slice: ofList((list, start, end) => part(list, start, end)),
  chunk: (size = null, list = null) => {
    const count = intOf(size);
    if (!isArray(list) || count === undefined || count < 1) return undefined;
    return Array.from({ length: Math.ceil(list.length / count) }, (_, index) =>
      list.slice(index * count, (index + 1) * count),
    );
  },
  until: (stop = null) => numbers(0n, stop, typeof stop === 'bigint' && stop < 0n ? -1n : 1n),
  untilStep: (start = null, stop = null, step = null) => numbers(start, stop, step),
  index: (container = null, ...keys) =>
    keys.reduce<JsonValue | undefined>((value, key) => (value === undefined ? undefined : at(value, key)), container),
  len: (value = null) => {
    const length = lengthOf(value);
    return length === undefined ? undefined : BigInt(length);
  },
};

/** A text has the length of its bytes. */
function lengthOf(value: JsonValue): number | undefined {
  if (typeof value === 'string') return isAscii(value) ? value.length : new TextEncoder().encode(value).length;
  return isArray(value) ? value.length : isObject(value) ? value.size : undefined;
}
