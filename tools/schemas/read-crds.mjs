// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * One stored CRD version: the schema the API server of that Flux release holds.
 * @typedef {{ release: string, group: string, kind: string, plural: string, shortNames: string[], scope: string,
 *   version: string, served: boolean, deprecated: boolean, schema: Record<string, any> }} StoredVersion
 */

/** The one stored version of the Flux Operator stands for every release: it is not tied to a Flux release. */
export const operatorReleases = 'all';

/**
 * Every version of every CRD below a folder with `flux/<minor>/*.yaml` and `flux-operator/*.yaml`, oldest release
 * first, the operator last (release `all`).
 * @param {string} folder
 * @returns {StoredVersion[]}
 */
export function readCrds(folder) {
  const minor = (/** @type {string} */ name) => Number(name.split('.')[1]);
  const releases = readdirSync(join(folder, 'flux'))
    .filter((name) => /^\d+\.\d+$/.test(name))
    .sort((a, b) => minor(a) - minor(b));
  return [
    ...releases.flatMap((release) => readFolder(join(folder, 'flux', release), release)),
    ...readFolder(join(folder, 'flux-operator'), operatorReleases),
  ];
}

/**
 * @param {string} folder
 * @param {string} release
 * @returns {StoredVersion[]}
 */
function readFolder(folder, release) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const { spec } = parse(readFileSync(join(folder, name), 'utf8'));
      return spec.versions.map((/** @type {any} */ version) => ({
        release,
        group: spec.group,
        kind: spec.names.kind,
        plural: spec.names.plural,
        shortNames: spec.names.shortNames ?? [],
        scope: spec.scope,
        version: version.name,
        served: version.served === true,
        deprecated: version.deprecated === true,
        schema: version.schema.openAPIV3Schema,
      }));
    });
}
