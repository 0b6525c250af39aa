import { type FilePath, joinPath, relativePath } from '../../model/file-path';
import { type JsonValue } from '../../model/json';
import { finish, type Steps } from '../../model/steps';
import { isKustomizationFile } from '../facts';
import { type Kustomization } from '../kustomize/kustomization';
import { type Part } from '../kustomize/load/files';
import { type LoadedKustomization } from '../kustomize/load/kustomization';
import { decodeKustomization } from '../kustomize/read/kustomization-file';
import { type RecordedFiles } from '../recorded-files';

/** Namespace of a kustomization without resources, which kustomize would refuse as empty. */
const placeholder = '_placeholder';

/**
 * The kustomization that Flux makes for a folder without one (fluxcd/pkg kustomize/kustomize_generator.go): `resources`
 * are the YAML files below it and the folders with a kustomization, in the order of the walk, relative to the folder.
 */
export function generatedKustomization(resources: readonly string[]): Kustomization {
  const field: [string, JsonValue] = resources.length > 0 ? ['resources', resources] : ['namespace', placeholder];
  const decoded = decodeKustomization(new Map<string, JsonValue>([field]));
  if (decoded.kind === 'problem') throw new TypeError(decoded.message);
  return decoded.kustomization;
}

/** The generated kustomization of a folder, the identical one as long as what is listed stays what it is. */
export function generateRoot(files: RecordedFiles, directory: FilePath): LoadedKustomization {
  return finish(files.part(`generated ${directory}`, () => generate(files, directory)));
}

function* generate(files: RecordedFiles, directory: FilePath): Steps<Part<LoadedKustomization>> {
  const resources = filesBelow(files, directory, 0).map((path) => relativePath(directory, path));
  yield;
  const value: LoadedKustomization = {
    kind: 'loaded',
    directory,
    file: joinPath(directory, 'kustomization.yaml') ?? '',
    document: 0,
    kustomization: generatedKustomization(resources),
    moved: { bases: resources.length, imageTags: 0 },
    isGenerated: true,
  };
  return { value, isReusable: true };
}

// Far beyond any real tree; bounds the stack on hostile ones.
const deepest = 200;

/** A folder with a kustomization counts as one resource and is not entered. Ignore files shaped the artifact already. */
function filesBelow(files: RecordedFiles, directory: FilePath, depth: number): FilePath[] {
  const found: FilePath[] = [];
  for (const { name, kind } of files.list(directory) ?? []) {
    const path = joinPath(directory, name) ?? name;
    if (kind === 'file') {
      if (/\.ya?ml$/.test(name)) found.push(path);
      continue;
    }
    const isKustomization = files.list(path)?.some((entry) => entry.kind === 'file' && isKustomizationFile(entry.name));
    if (isKustomization === true) found.push(path);
    else if (depth < deepest) found.push(...filesBelow(files, path, depth + 1));
  }
  return found;
}
