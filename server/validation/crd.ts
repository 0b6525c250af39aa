import { type JsonData, type Schema } from '../../schemas/schema';
import {
  isArray,
  isObject,
  itemsAt,
  objectAt,
  stringAt,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../model/json';
import { asObject } from './metadata';

/** One version of a kind that a CustomResourceDefinition brings. */
export interface DefinedKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly version: string;
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly schema: Schema;
}

function toData(value: JsonValue): JsonData {
  if (isArray(value)) return value.map(toData);
  if (isObject(value)) return Object.fromEntries([...value].map(([key, entry]) => [key, toData(entry)]));
  return typeof value === 'bigint' ? Number(value) : value;
}

type Reader = (value: JsonValue) => unknown;

const typed =
  (type: 'string' | 'number' | 'boolean'): Reader =>
  (value) =>
    typeof value === type ? value : typeof value === 'bigint' && type === 'number' ? Number(value) : undefined;
const types = new Set<JsonValue>(['object', 'array', 'string', 'integer', 'number', 'boolean']);
const texts: Reader = (value) => (isArray(value) ? value.filter((item) => typeof item === 'string') : undefined);
const schemas: Reader = (value) => (isArray(value) ? value.map(toSchema) : undefined);
const schema: Reader = (value) => (isObject(value) ? toSchema(value) : undefined);

// Keyword of the definition → field of our schema and how it is read.
const keywords: Readonly<Record<string, readonly [keyof Schema, Reader]>> = {
  type: ['type', (value) => (types.has(value) ? value : undefined)],
  nullable: ['nullable', typed('boolean')],
  'x-kubernetes-int-or-string': ['intOrString', typed('boolean')],
  'x-kubernetes-preserve-unknown-fields': ['preserveUnknownFields', typed('boolean')],
  'x-kubernetes-embedded-resource': ['embeddedResource', typed('boolean')],
  'x-kubernetes-list-type': ['listType', typed('string')],
  'x-kubernetes-list-map-keys': ['listMapKeys', texts],
  properties: ['properties', propertiesOf],
  required: ['required', texts],
  additionalProperties: ['additionalProperties', (value) => (typeof value === 'boolean' ? value : schema(value))],
  items: ['items', schema],
  enum: ['enum', (value) => (isArray(value) ? value.map(toData) : undefined)],
  pattern: ['pattern', typed('string')],
  format: ['format', typed('string')],
  minLength: ['minLength', typed('number')],
  maxLength: ['maxLength', typed('number')],
  minItems: ['minItems', typed('number')],
  maxItems: ['maxItems', typed('number')],
  minProperties: ['minProperties', typed('number')],
  maxProperties: ['maxProperties', typed('number')],
  minimum: ['minimum', typed('number')],
  maximum: ['maximum', typed('number')],
  exclusiveMinimum: ['exclusiveMinimum', typed('boolean')],
  exclusiveMaximum: ['exclusiveMaximum', typed('boolean')],
  multipleOf: ['multipleOf', typed('number')],
  uniqueItems: ['uniqueItems', typed('boolean')],
  allOf: ['allOf', schemas],
  anyOf: ['anyOf', schemas],
  oneOf: ['oneOf', schemas],
  not: ['not', schema],
  default: ['default', toData],
  description: ['description', typed('string')],
};

function propertiesOf(value: JsonValue): Record<string, Schema> | undefined {
  if (!isObject(value)) return undefined;
  const entries = [...value].map(([name, field]) => [name, isObject(field) ? toSchema(field) : {}] as const);
  return Object.fromEntries(entries);
}

/** Reads `openAPIV3Schema`; keywords that are not structural, or not well-formed, are left out. */
export function toSchema(value: JsonValue): Schema {
  const read: Partial<Record<keyof Schema, unknown>> = {};
  if (!isObject(value)) return {};
  for (const [keyword, written] of value) {
    const known = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
    const content = written === null && keyword !== 'default' ? undefined : known?.[1](written);
    if (known !== undefined && content !== undefined) read[known[0]] = content;
  }
  return read as Schema;
}

/**
 * The kinds that a CustomResourceDefinition document (v1 or v1beta1) defines, one entry per version in its order;
 * empty when it is none, or has no name to go by. A version without a schema takes any object.
 */
export function schemasOfCrd(value: JsonValue): DefinedKind[] {
  const apiVersion = stringAt(value, 'apiVersion');
  const spec = objectAt(value, 'spec');
  if (stringAt(value, 'kind') !== 'CustomResourceDefinition' || spec === undefined) return [];
  if (apiVersion === undefined || !/^apiextensions\.k8s\.io\/v1(beta1)?$/.test(apiVersion)) return [];
  const group = stringAt(spec, 'group');
  const kind = stringAt(spec, 'names', 'kind');
  const plural = stringAt(spec, 'names', 'plural');
  if (group === undefined || kind === undefined || plural === undefined) return [];
  const scope = stringAt(spec, 'scope') === 'Cluster' ? 'Cluster' : 'Namespaced';
  // v1beta1 keeps unknown fields unless told otherwise.
  const keep = valueAt(spec, ['preserveUnknownFields']) ?? apiVersion.endsWith('v1beta1');
  const common = objectAt(spec, 'validation', 'openAPIV3Schema');
  return versionsOf(spec).map((version) => {
    const written = objectAt(version, 'schema', 'openAPIV3Schema') ?? common;
    const read: Schema = written === undefined ? { preserveUnknownFields: true } : toSchema(written);
    return {
      group,
      kind,
      plural,
      scope,
      version: stringAt(version, 'name') ?? '',
      served: valueAt(version, ['served']) !== false,
      deprecated: valueAt(version, ['deprecated']) === true,
      schema: asObject(keep === true ? { ...read, preserveUnknownFields: true } : read),
    };
  });
}

function versionsOf(spec: JsonObject): readonly JsonValue[] {
  const versions = itemsAt(spec, 'versions').filter((version) => stringAt(version, 'name') !== undefined);
  const single = stringAt(spec, 'version');
  return versions.length > 0 || single === undefined ? versions : [new Map([['name', single]])];
}
