import { directoryOf, type FilePath, joinPath } from '../model/file-path';
import { isObject, itemsAt, type JsonObject, objectAt, stringAt } from '../model/json';
import { valueOf } from '../yaml/scalar';
import { type Repository } from './repository';

/**
 * The `instance` values of a HelmRelease (declared in `source`) of the flux-instance chart: inline, or in a file that a generator beside it
 * turns into one of its `valuesFrom` (read directly, since the name it gets carries a hash).
 * @param read receives the files that were looked at.
 */
export function instanceOfChart(
  repository: Repository,
  source: FilePath,
  release: JsonObject,
  read: Set<FilePath>,
): JsonObject | undefined {
  const inline = objectAt(release, 'spec', 'values', 'instance');
  if (inline !== undefined) return inline;
  const names = itemsAt(release, 'spec', 'valuesFrom').map((from) => stringAt(from, 'name'));
  const directory = directoryOf(source);
  for (const entry of repository.list(directory) ?? []) {
    const path = joinPath(directory, entry.name);
    const fields = entry.kind === 'file' && path !== undefined ? kustomizationOf(repository, path) : undefined;
    if (fields !== undefined && path !== undefined) read.add(path);
    for (const generator of itemsAt(fields, 'configMapGenerator')) {
      if (!names.includes(stringAt(generator, 'name'))) continue;
      for (const file of itemsAt(generator, 'files')) {
        const values = typeof file === 'string' ? readValues(repository, directory, file, read) : undefined;
        const instance = objectAt(values, 'instance');
        if (instance !== undefined) return instance;
      }
    }
  }
  return undefined;
}

function kustomizationOf(repository: Repository, path: string): JsonObject | undefined {
  return /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path)
    ? repository.facts(path)?.documents[0]?.kustomization
    : undefined;
}

function readValues(
  repository: Repository,
  directory: string,
  entry: string,
  read: Set<FilePath>,
): JsonObject | undefined {
  const path = joinPath(directory, entry.slice(entry.indexOf('=') + 1));
  if (path !== undefined) read.add(path);
  const document = path === undefined ? undefined : repository.yaml(path)?.documents[0]?.document;
  const value = document?.root === undefined ? undefined : valueOf(document, document.root);
  return isObject(value) ? value : undefined;
}
