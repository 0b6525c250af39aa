// @ts-check
// Writes what is known about the kinds of Kubernetes itself, made from the installed client package:
//   kubernetes.json       { release, kinds: { "group/version/Kind": { schema, plural, scope } }, definitions }
//   kubernetes-docs.json  { Definition: { "": text, field: text } }
// Usage: node tools/kubernetes/generate.mjs [FOLDER]   (default dist/schemas)
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaults, freeForm, listMapKeys, notEnforced, quantities } from './corrections.mjs';
import { clientFolder, kubernetesRelease, readKinds, readModel } from './read-client.mjs';

const withoutVersion = (/** @type {string} */ name) => name.replace(/^[A-Za-z]*?V\d+((alpha|beta)\d+)?(?=[A-Z])/, '');

const scalars = {
  'string ': { type: 'string' },
  'string byte': { type: 'string', format: 'byte' },
  'boolean ': { type: 'boolean' },
  'number int32': { type: 'integer', format: 'int32' },
  'number int64': { type: 'integer', format: 'int64' },
  'number double': { type: 'number' },
  'Date date-time': { type: 'string', format: 'date-time' },
  'V1MicroTime date-time-micro': { type: 'string', format: 'date-time' },
  'IntOrString int-or-string': { intOrString: true },
};

/** Makes the schemas of every kind that can be declared. Throws on anything it does not know. */
export function makeKubernetes(folder = clientFolder()) {
  const used = new Set();
  /** @type {Record<string, object>} */
  const definitions = {};
  /** @type {Record<string, Record<string, string>>} */
  const docs = {};
  /** @type {Record<string, { schema: string, plural: string, scope: string }>} */
  const kinds = {};
  const statuses = new Set();

  const lookUp = (/** @type {Record<string, any>} */ table, /** @type {string} */ place) => {
    if (!Object.hasOwn(table, place)) return undefined;
    used.add(place);
    return table[place];
  };
  const contains = (/** @type {Set<string>} */ set, /** @type {string} */ place) => set.has(place) && !!used.add(place);

  const schemaOf = (/** @type {string} */ type, /** @type {string} */ format, /** @type {string} */ place) => {
    const list = /^Array<(.*)>$/.exec(type)?.[1];
    const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
    if (list !== undefined) {
      const items = schemaOf(list, format, place);
      // Go reads a null item of a list of texts as the empty text.
      return { type: 'array', items: items.type === 'string' ? { ...items, nullable: true } : items };
    }
    if (map !== undefined) return { type: 'object', additionalProperties: schemaOf(map, format, place) };
    if (type === 'string' && contains(quantities, place)) return { format: 'quantity' };
    if (type === 'any') {
      const form = lookUp(freeForm, place);
      if (form === undefined) throw new Error(`${place}: free-form, and corrections.mjs does not say so`);
      return form === true ? { preserveUnknownFields: true } : define(form);
    }
    const scalar = lookUp(scalars, `${type} ${format}`);
    if (scalar !== undefined) return scalar;
    if (format !== '' || !/^[A-Z]\w+$/.test(type)) throw new Error(`${place}: unknown type ${type} ${format}`);
    return define(type);
  };

  const define = (/** @type {string} */ name) => {
    if (definitions[name] === undefined) {
      const model = readModel(folder, name);
      if (model === undefined) throw new Error(`${name}: no such model`);
      definitions[name] = {}; // taken before the fields are read: definitions may contain themselves
      const short = withoutVersion(name);
      /** @type {Record<string, any>} */
      const properties = {};
      const required = [];
      /** @type {Record<string, string>} */
      const texts = { '': model.description };
      for (const { name: field, type, format, required: needed, description } of model.attributes) {
        const place = `${short}.${field}`;
        const keys = lookUp(listMapKeys, place);
        const fallback = lookUp(defaults, place);
        properties[field] = {
          ...schemaOf(type, format, place),
          ...(keys && { listType: 'map', listMapKeys: keys }),
          ...(fallback && { default: fallback }),
        };
        if (needed && !contains(notEnforced, place)) required.push(field);
        if (description !== '') texts[field] = description;
      }
      definitions[name] = { type: 'object', properties, ...(required.length > 0 && { required }) };
      docs[name] = texts;
    }
    return { ref: name };
  };

  for (const { group, version, kind, model, plural, scope } of readKinds(folder)) {
    define(model);
    const schema = /** @type {any} */ (definitions[model]);
    if (!schema.properties.apiVersion || !schema.properties.kind) throw new Error(`${model}: not a kind`);
    // The server drops what is sent as status, so nothing in it can be missing.
    if (schema.properties.status?.ref !== undefined) statuses.add(schema.properties.status.ref);
    kinds[`${group}/${version}/${kind}`] = { schema: model, plural, scope };
  }
  for (const status of statuses) delete (/** @type {any} */ (definitions[status]).required);

  const facts = [...quantities, ...notEnforced, ...Object.keys({ ...listMapKeys, ...defaults, ...freeForm })];
  const stale = facts.filter((place) => !used.has(place));
  if (stale.length > 0) throw new Error(`corrections.mjs names fields that no kind has: ${stale.join(', ')}`);
  return { schemas: { release: kubernetesRelease(folder), kinds, definitions }, docs };
}

/** Writes both files and returns their sizes in bytes. */
export function writeKubernetes(folder = join('dist', 'schemas')) {
  const { schemas, docs } = makeKubernetes();
  const structure = JSON.stringify(schemas);
  if (structure.length > 500_000) throw new Error(`kubernetes.json is too large: ${structure.length} bytes`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kubernetes.json'), structure);
  writeFileSync(join(folder, 'kubernetes-docs.json'), JSON.stringify(docs));
  return { kinds: Object.keys(schemas.kinds).length, structure: structure.length, docs: JSON.stringify(docs).length };
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const written = writeKubernetes(process.argv[2]);
  console.log(`${written.kinds} kinds, ${written.structure} bytes, descriptions ${written.docs} bytes`);
}
