import { type Schema } from '../../schemas/schema';
import { isArray, isObject, type JsonArray, type JsonValue } from '../model/json';
import { canonical } from './equality';
import { boundsOf } from './scalar-checks';
import { effectiveEntry, nothing, type Check, type Walk } from './walk';

function holdsUnknown(walk: Walk, value: JsonValue): boolean {
  if (typeof value === 'string') return walk.isUnknown(value);
  if (isArray(value)) return value.some((item) => holdsUnknown(walk, item));
  return isObject(value) && [...value.values()].some((entry) => holdsUnknown(walk, entry));
}

/** The fields that tell an item from the others; undefined when it cannot be told. */
function identityOf(walk: Walk, schema: Schema, item: JsonValue): [string, JsonValue][] | undefined {
  if (!isObject(item)) return undefined;
  const identity: [string, JsonValue][] = [];
  for (const name of schema.listMapKeys ?? []) {
    const value = effectiveEntry(schema.items ?? {}, item, name);
    // A missing key without default is a fault of its own (missing-required) where the kind demands the key.
    if (value === undefined || holdsUnknown(walk, value)) return undefined;
    identity.push([name, value]);
  }
  return identity;
}

function reportDuplicates(walk: Walk, schema: Schema, items: JsonArray): void {
  const first = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    if (isObject(item) && walk.options.partial === true && item.has('$patch')) continue;
    const keys = schema.listType === 'map' ? identityOf(walk, schema, item) : [];
    if (keys === undefined) continue;
    if (schema.listType !== 'map' && holdsUnknown(walk, item)) continue;
    const text = schema.listType === 'map' ? canonical(keys.map(([, value]) => value)) : canonical(item);
    const earlier = first.get(text);
    if (earlier === undefined) first.set(text, index);
    else walk.report({ code: 'duplicate-item', first: earlier, keys }, 'value', index);
  }
}

export function checkList(walk: Walk, schema: Schema, items: JsonArray, open: boolean, main: Schema, check: Check) {
  const { minItems, maxItems } = schema;
  const actual = items.length;
  const tooFew = minItems !== undefined && actual < minItems && walk.options.partial !== true;
  if (tooFew || (maxItems !== undefined && actual > maxItems))
    walk.report({ code: 'count', of: 'items', actual, ...boundsOf(minItems, maxItems) });
  if (schema.items !== undefined) {
    for (let index = 0; index < actual && walk.budget > 0; index++) {
      walk.path.push(index);
      check(walk, schema.items, items[index] ?? null, open, schema === main ? schema.items : (main.items ?? nothing));
      walk.path.pop();
    }
  }
  const isMap = schema.listType === 'map' && (schema.listMapKeys?.length ?? 0) > 0;
  if (actual > 1 && (isMap || schema.listType === 'set' || schema.uniqueItems === true))
    reportDuplicates(walk, schema, items);
}
