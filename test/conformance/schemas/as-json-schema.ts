import { type CrdSchema } from './stored-crds';

/**
 * The JSON Schema that says what the API server says: objects with declared fields are closed unless they keep unknown
 * fields; every other keyword means the same in both.
 */
export function asJsonSchema(schema: CrdSchema): Record<string, unknown> {
  const { properties, items, additionalProperties } = schema;
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!keyword.startsWith('x-kubernetes-') && keyword !== 'description' && keyword !== 'default')
      result[keyword] = value;
  }
  if (properties !== undefined) {
    result['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [name, asJsonSchema(field)]),
    );
    result['additionalProperties'] = schema['x-kubernetes-preserve-unknown-fields'] === true;
  }
  if (items !== undefined) result['items'] = asJsonSchema(items);
  if (additionalProperties !== undefined) result['additionalProperties'] = asJsonSchema(additionalProperties);
  return result;
}

/**
 * What the API server checks: nulls where null is not allowed are dropped, then defaults filled in
 * (apiextensions-apiserver, pkg/apiserver/schema/defaulting). A null item of a list stays.
 */
export function settle(schema: CrdSchema | undefined, value: unknown): unknown {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => settle(schema.items, item));
  if (typeof value !== 'object' || value === null) return value;
  const fieldOf = (name: string): CrdSchema | undefined => schema.properties?.[name] ?? schema.additionalProperties;
  const settled: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const field = fieldOf(name);
    if (entry !== null || field === undefined || field['nullable'] === true) settled[name] = settle(field, entry);
  }
  for (const [name, field] of Object.entries(schema.properties ?? {}))
    if (!(name in settled) && field['default'] !== undefined) settled[name] = settle(field, field['default']);
  return settled;
}
