import { type Schema } from '../../schemas/schema';
import { isArray, isObject, type JsonObject, type JsonValue } from '../model/json';
import { nearest } from '../model/nearest';
import { checkCombinators } from './combinators';
import { type Fault } from './fault';
import { checkList } from './list-checks';
import { reportNames } from './names';
import { objectMeta } from './object-meta';
import { boundsOf, checkEnum, checkNumber, checkText, expectedTypes, hasType } from './scalar-checks';
import { declaredField, effectiveEntry, fieldOf, nothing, Walk, type ValidateOptions } from './walk';

export { type ValidateOptions } from './walk';

/**
 * Every fault of a value against a structural schema, each at its exact path, in the order of the value; empty when
 * there is none, the first 1000 when there are more. The rules are those of the API server's apply (apiextensions-apiserver, structured-merge-diff): a
 * null where null is not allowed counts as missing, a missing field with a default is there, unknown fields are
 * refused. Text that `isUnknown` claims is never judged, and nothing is concluded from it.
 */
export function validate(schema: Schema, value: JsonValue, options: ValidateOptions = {}): Fault[] {
  const walk = new Walk(options);
  check(walk, schema, value, false, schema);
  return walk.faults;
}

// `open`: unknown fields are accepted here and below. `main`: the schema whose nulls and defaults count.
function check(walk: Walk, schema: Schema, value: JsonValue, open: boolean, main: Schema): void {
  if (walk.budget-- <= 0) {
    walk.unknowns++;
    return;
  }
  if (typeof value === 'string' && walk.isUnknown(value)) return;
  if (!hasType(schema, value)) {
    walk.report({ code: 'type', expected: expectedTypes(schema), actual: value });
    return;
  }
  if (value === null) return;
  if (schema.enum !== undefined) checkEnum(walk, schema, value);
  if (typeof value === 'string') checkText(walk, schema, value);
  else if (typeof value === 'number' || typeof value === 'bigint') checkNumber(walk, schema, value);
  else if (isArray(value)) checkList(walk, schema, value, open, main, check);
  else if (isObject(value)) checkFields(walk, schema, value, open, main);
  if (
    schema.allOf !== undefined ||
    schema.anyOf !== undefined ||
    schema.oneOf !== undefined ||
    schema.not !== undefined
  )
    checkCombinators(walk, schema, value, main, check);
}

function checkFields(walk: Walk, schema: Schema, object: JsonObject, open: boolean, main: Schema): void {
  const { properties, additionalProperties } = schema;
  const opened = open || schema.preserveUnknownFields === true;
  // An object without any declared field is free-form for apply; below an open place nothing is unknown.
  const closed = additionalProperties === false || (properties !== undefined && !opened);
  for (const [name, written] of object) {
    if (walk.budget <= 0) return;
    if (walk.options.partial === true && name.startsWith('$')) continue;
    const field = fieldOf(schema, name) ?? (schema.embeddedResource === true ? embedded[name] : undefined);
    if (field !== undefined || typeof additionalProperties === 'object') {
      const value = written ?? effectiveEntry(main, object, name);
      const of = field ?? (additionalProperties as Schema);
      if (value !== undefined) checkField(walk, of, name, value, opened, schema === main ? of : nestedMain(main, name));
    } else if (closed && additionalProperties !== true && !walk.isUnknown(name)) {
      const known = Object.keys(properties ?? noFields).filter((other) => !object.has(other));
      walk.report({ code: 'unknown-field', name, suggestions: nearest(name, known) }, 'key', name);
    }
  }
  if (schema !== main && properties !== undefined) checkDefaults(walk, properties, object, opened, main);
  checkMissing(walk, schema, object, main);
  if (schema.minProperties !== undefined || schema.maxProperties !== undefined) checkCount(walk, schema, object, main);
  if (schema.embeddedResource === true) checkEmbedded(walk, object);
}

function checkField(walk: Walk, field: Schema, name: string, value: JsonValue, open: boolean, main: Schema): void {
  walk.path.push(name);
  check(walk, field, value, open, main);
  walk.path.pop();
}

const nestedMain = (main: Schema, name: string): Schema => declaredField(main, name) ?? nothing;

// What a branch demands of a field holds for its default too. The defaults of a schema fit that schema itself.
function checkDefaults(
  walk: Walk,
  properties: Readonly<Record<string, Schema>>,
  object: JsonObject,
  open: boolean,
  main: Schema,
): void {
  for (const [name, field] of Object.entries(properties)) {
    const value = object.has(name) ? undefined : effectiveEntry(main, object, name);
    if (value !== undefined) checkField(walk, field, name, value, open, nestedMain(main, name));
  }
}

function checkCount(walk: Walk, schema: Schema, object: JsonObject, main: Schema): void {
  const { minProperties, maxProperties } = schema;
  const names = new Set([...object.keys(), ...Object.keys(main.properties ?? noFields)]);
  let actual = 0;
  for (const name of names) if (effectiveEntry(main, object, name) !== undefined) actual++;
  const tooFew = minProperties !== undefined && actual < minProperties && walk.options.partial !== true;
  if (tooFew || (maxProperties !== undefined && actual > maxProperties))
    walk.report({ code: 'count', of: 'fields', actual, ...boundsOf(minProperties, maxProperties) });
}

function checkMissing(walk: Walk, schema: Schema, object: JsonObject, main: Schema): void {
  if (walk.options.partial === true) return;
  const names = schema.embeddedResource === true ? [...identity, ...(schema.required ?? [])] : schema.required;
  if (names === undefined) return;
  for (const name of names) {
    if (effectiveEntry(main, object, name) !== undefined) continue;
    // Branches often repeat what the main schema requires.
    const repeated = schema !== main && walk.faults.some((fault) => isMissing(walk, fault, name));
    if (!repeated) walk.report({ code: 'missing-required', name }, 'key');
  }
}

const isMissing = (walk: Walk, fault: Fault, name: string): boolean =>
  fault.code === 'missing-required' &&
  fault.name === name &&
  fault.path.length === walk.path.length &&
  fault.path.every((step, index) => step === walk.path[index]);

const noFields: Readonly<Record<string, Schema>> = {};
const identity: readonly string[] = ['apiVersion', 'kind'];
const embedded: Readonly<Record<string, Schema>> = {
  apiVersion: { type: 'string', minLength: 1 },
  kind: { type: 'string', minLength: 1 },
  metadata: objectMeta,
};

function checkEmbedded(walk: Walk, object: JsonObject): void {
  const metadata = object.get('metadata');
  if (!isObject(metadata)) return;
  walk.path.push('metadata');
  // The API server knows nothing of the embedded kind, so only what no kind allows is refused in its name.
  reportNames(walk, metadata, 'path-segment');
  walk.path.pop();
}
