// @ts-check
// Reads what the generated Kubernetes client says about the API: models (names, types, required, descriptions) and
// the kinds that can be created. Everything is taken from text; no model is executed.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ name: string, type: string, format: string, required: boolean, description: string }} Attribute
 * @typedef {{ description: string, attributes: Attribute[] }} Model
 * @typedef {{ group: string, version: string, kind: string, model: string, plural: string, scope: 'Namespaced' | 'Cluster' }} Kind
 */

/** Folder of the generated part of the client package. */
export function clientFolder() {
  const entry = fileURLToPath(import.meta.resolve('@kubernetes/client-node'));
  return join(dirname(entry), 'gen');
}

const plainText = (/** @type {string} */ comment) =>
  comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/\\(['"])/g, '$1')
    .trim();

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Model | undefined} undefined when the client has no such model
 */
export function readModel(folder, name) {
  const file = join(folder, 'models', `${name}.js`);
  if (!existsSync(file)) return undefined;
  const map = /attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(readFileSync(file, 'utf8'));
  if (map === null) throw new Error(`${name}: no attribute map`);
  const types = readFileSync(join(folder, 'models', `${name}.d.ts`), 'utf8');
  const members = new Map();
  for (const [, comment = '', member = '', optional] of types.matchAll(
    /(?:\/\*\*\n((?:(?!\*\/)[\s\S])*)\*\/\n)?^ {4}'([^']+)'(\?)?: /gm,
  )) {
    members.set(member, { required: optional === undefined, description: plainText(comment) });
  }
  const attributes = JSON.parse(map[1] ?? '').map((/** @type {any} */ attribute) => {
    const member = members.get(attribute.name);
    if (member === undefined) throw new Error(`${name}.${attribute.name}: not declared`);
    return { name: attribute.baseName, type: attribute.type, format: attribute.format, ...member };
  });
  const comment = /\/\*\*\n((?:(?!\*\/)[\s\S])*)\*\/\nexport declare class/.exec(types);
  return { description: plainText(comment?.[1] ?? ''), attributes };
}

/**
 * Kinds that have a collection one can post to, so those that can be declared in a file. The folder keeps classes of
 * older releases; only what its index exports is served.
 * @param {string} folder
 * @returns {Kind[]}
 */
export function readKinds(folder) {
  const index = readFileSync(join(folder, 'index.js'), 'utf8');
  const apis = [...index.matchAll(/ as (\w+V\d\w*Api)\b/g)].map(([, api]) => api);
  /** @type {Map<string, Kind>} */
  const kinds = new Map();
  for (const api of apis) {
    const source = readFileSync(join(folder, 'apis', `${api}.js`), 'utf8');
    for (const request of source.split('const localVarPath = ').slice(1)) {
      const path = /^'([^']+)'/.exec(request)?.[1] ?? '';
      const model = /serialize\(body, "(\w+)"/.exec(request)?.[1];
      const place = /^\/apis?\/(?:([^/]+)\/)?(v\d\w*)\/(namespaces\/\{namespace\}\/)?([a-z]+)$/.exec(path);
      if (!request.includes('HttpMethod.POST') || place === null) continue;
      if (model === undefined) throw new Error(`${api} ${path}: no body`);
      const [, group = '', version = '', namespaced, plural = ''] = place;
      const kind = model.replace(/^[A-Za-z]*?V\d+((alpha|beta)\d+)?(?=[A-Z])/, '');
      const scope = namespaced === undefined ? 'Cluster' : 'Namespaced';
      kinds.set(`${group}/${version}/${kind}`, { group, version, kind, model, plural, scope });
    }
  }
  return [...kinds.values()];
}

/**
 * `release-1.36` in every generated file.
 * @param {string} folder
 */
export function kubernetesRelease(folder) {
  const release = /release-(\d+\.\d+)/.exec(readFileSync(join(folder, 'models', 'V1Pod.js'), 'utf8'))?.[1];
  if (release === undefined) throw new Error('the client does not say which Kubernetes release it was made from');
  return release;
}
