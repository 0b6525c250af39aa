import Ajv from 'ajv';
import { type JsonData, type Schema } from '../../../schemas/schema';
import { canonical, fromData } from '../../../server/validation/equality';
import { hasFormat } from '../../../server/validation/format';

type Json = Record<string, unknown>;

/** The schema in JSON Schema's words. `open`: below a place that keeps unknown fields, or in a branch. */
export function toJsonSchema(schema: Schema, open: boolean): Json {
  const { nullable, intOrString, preserveUnknownFields, listType, listMapKeys } = schema;
  const left = ['nullable', 'intOrString', 'preserveUnknownFields', 'listType', 'listMapKeys', 'default'];
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema;
  const made: Json = Object.fromEntries(Object.entries(rest).filter(([key]) => !left.includes(key)));
  if (minimum !== undefined) made[exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum'] = minimum;
  if (maximum !== undefined) made[exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum'] = maximum;
  // Null is judged by `nullable` alone.
  if (schema.enum !== undefined) made['enum'] = [...schema.enum, null];
  if (intOrString === true) made['type'] = ['integer', 'string'];
  if (schema.format === 'quantity' && schema.type === undefined) made['type'] = ['string', 'number'];
  const opened = open || preserveUnknownFields === true;
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties);
    made['properties'] = Object.fromEntries(fields.map(([name, field]) => [name, toJsonSchema(field, opened)]));
    if (!opened) made['additionalProperties'] = false;
  }
  if (typeof schema.additionalProperties === 'object')
    made['additionalProperties'] = toJsonSchema(schema.additionalProperties, opened);
  if (schema.items !== undefined) made['items'] = toJsonSchema(schema.items, opened);
  if (listType === 'set') made['uniqueItems'] = true;
  if (listType === 'map') made['distinct'] = listMapKeys;
  for (const word of ['allOf', 'anyOf', 'oneOf'] as const)
    if (schema[word] !== undefined) made[word] = schema[word].map((one) => toJsonSchema(one, true));
  if (schema.not !== undefined) made['not'] = toJsonSchema(schema.not, true);
  return nullable === true ? { anyOf: [{ type: 'null' }, made] } : made;
}

/** What the API server judges: nulls that are not allowed dropped, then defaults filled in (as its own two passes). */
export function normalize(schema: Schema, value: JsonData): JsonData {
  if (Array.isArray(value)) return (value as JsonData[]).map((item) => normalize(schema.items ?? {}, item));
  if (value === null || typeof value !== 'object') return value;
  const made: Record<string, JsonData> = {};
  const { properties = {}, additionalProperties } = schema;
  for (const [name, entry] of Object.entries(value as Record<string, JsonData>)) {
    const field = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (entry === null && field !== undefined && field.nullable !== true) continue;
    made[name] = field === undefined ? entry : normalize(field, entry);
  }
  for (const [name, field] of Object.entries(properties))
    if (field.default !== undefined && !(name in made)) made[name] = field.default;
  return made;
}

/** The oracle: ajv with what the API server adds to JSON Schema. Formats are judged by our own reading. */
export function makeAjv(): Ajv {
  const ajv = new Ajv({
    strict: false,
    allErrors: false,
    logger: false,
    unicodeRegExp: false,
  });
  ajv.addKeyword({
    keyword: 'distinct',
    type: 'array',
    validate: (keys: readonly string[], items: readonly Record<string, JsonData>[]) => {
      const whole = items.filter((item) => keys.every((key) => item[key] !== undefined));
      const texts = whole.map((item) => canonical(fromData(keys.map((key) => item[key] ?? null))));
      return new Set(texts).size === texts.length;
    },
  });
  for (const format of ['int32', 'int64'])
    ajv.addFormat(format, { type: 'number', validate: (value) => hasFormat(format, value) });
  for (const format of ['date-time', 'byte', 'duration', 'quantity'])
    ajv.addFormat(format, { type: 'string', validate: (value) => hasFormat(format, value) });
  return ajv;
}
