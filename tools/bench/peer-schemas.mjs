// @ts-check
// Our field tables as JSON Schema for the peer, so that both sides judge by the same knowledge.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSources } from './product.mjs';

const sources = `
export { findTable } from './schemas/kinds/tables';
export { schemaFor } from './schemas/assemble';
export { newestFlux } from './schemas/release';
export { loadKubernetes } from './server/validation/kubernetes';
`;

/** @typedef {import('../../schemas/schema').Schema} Schema */

/**
 * @param {string} cache
 * @returns {Promise<{ kind: string, file: string }[]>} one file for each kind
 */
export async function writePeerSchemas(cache) {
  const { findTable, schemaFor, newestFlux, loadKubernetes } = await loadSources(cache, 'peer-schemas', sources);
  const dist = join(import.meta.dirname, '..', '..', 'dist', 'schemas');
  const kubernetes = loadKubernetes(() => readFileSync(join(dist, 'kubernetes.json'), 'utf8'));
  const flux = (/** @type {string} */ group, /** @type {string} */ kind, /** @type {string} */ version) =>
    asObject(`${group}/${version}`, kind, schemaFor(findTable(group, kind), version, newestFlux));
  const found = {
    Kustomization: flux('kustomize.toolkit.fluxcd.io', 'Kustomization', 'v1'),
    HelmRelease: flux('helm.toolkit.fluxcd.io', 'HelmRelease', 'v2'),
    Deployment: asObject('apps/v1', 'Deployment', kubernetes.find('apps', 'v1', 'Deployment').schema),
  };
  const folder = join(cache, 'peer-schemas');
  mkdirSync(folder, { recursive: true });
  return Object.entries(found).map(([kind, schema]) => {
    const file = join(folder, `${kind.toLowerCase()}.json`);
    writeFileSync(file, JSON.stringify(schema));
    return { kind, file };
  });
}

/** @type {(apiVersion: string, kind: string, schema: Schema) => object} */
function asObject(apiVersion, kind, { properties = {}, required = [] }) {
  const fields = jsonSchema({ type: 'object', properties: { ...properties, metadata: {} } }).properties;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...required])],
    properties: {
      ...fields,
      apiVersion: { type: 'string', enum: [apiVersion] },
      kind: { type: 'string', enum: [kind] },
      metadata,
    },
  };
}

const texts = { type: 'object', additionalProperties: { type: 'string' } };
const metadata = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string', maxLength: 253 },
    namespace: { type: 'string', maxLength: 63 },
    labels: texts,
    annotations: texts,
    finalizers: { type: 'array', items: { type: 'string' } },
  },
};

/** @type {(schema: any) => any} */
function jsonSchema(schema) {
  /** @type {any} */
  const made = {};
  for (const key of [
    'description',
    'enum',
    'pattern',
    'minLength',
    'maxLength',
    'minItems',
    'maxItems',
    'minimum',
    'maximum',
    'default',
    'required',
  ])
    if (schema[key] !== undefined) made[key] = schema[key];
  if (schema.intOrString === true) made.anyOf = [{ type: 'integer' }, { type: 'string' }];
  else if (schema.type !== undefined) made.type = schema.nullable === true ? [schema.type, 'null'] : schema.type;
  if (schema.items !== undefined) made.items = jsonSchema(schema.items);
  if (schema.properties !== undefined)
    made.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, jsonSchema(field)]),
    );
  if (typeof schema.additionalProperties === 'object')
    made.additionalProperties = jsonSchema(schema.additionalProperties);
  else if (
    schema.type === 'object' &&
    schema.properties !== undefined &&
    schema.preserveUnknownFields !== true &&
    schema.additionalProperties !== true
  )
    made.additionalProperties = false;
  for (const key of ['allOf', 'anyOf', 'oneOf']) if (schema[key] !== undefined) made[key] = schema[key].map(jsonSchema);
  if (schema.not !== undefined) made.not = jsonSchema(schema.not);
  return made;
}
