import { type BuildResult } from '../build/build';
import { isRemote, normalizeFields } from '../build/kustomization-file';
import { baseName, directoryOf, type FilePath, joinPath } from '../model/file-path';
import { isObject, itemsAt, type JsonObject, type Path, stringAt } from '../model/json';
import { type DocumentRef } from '../model/resource';
import { hasSopsMarks } from '../sops/encryption';
import { type YamlFile } from '../yaml/file';
import { valueOf } from '../yaml/scalar';

/** A file that a kustomization takes in, and as what. */
export interface KustomizeInput {
  readonly kustomization: DocumentRef;
  /** Of the entry that names it. */
  readonly path: Path;
  readonly role: 'secret-file' | 'secret-env' | 'config-file' | 'config-env' | 'patch';
  /** The name of the value that the file becomes; of other roles the name of the file. */
  readonly key: string;
  readonly file: YamlFile;
}

/** Encrypted files that generators and patches of a build take in, in the order of its kustomizations. */
export function encryptedInputs(
  build: BuildResult,
  read: (file: FilePath) => YamlFile | undefined,
): readonly KustomizeInput[] {
  const found: KustomizeInput[] = [];
  for (const [path, role] of build.inputs) {
    const document = role === 'kustomization' ? read(path)?.documents[0]?.document : undefined;
    const value = document && valueOf(document, document.root, 'kustomization');
    if (!isObject(value)) continue;
    for (const entry of entriesIn(normalizeFields(value))) {
      const target = isRemote(entry.text) ? undefined : joinPath(directoryOf(path), entry.text);
      // Only what the build did read can be encrypted there.
      const file = target !== undefined && build.inputs.has(target) ? read(target) : undefined;
      if (file === undefined || !hasSopsMarks(file.text)) continue;
      found.push({ ...entry, kustomization: { file: path, document: 0 }, file });
    }
  }
  return found;
}

interface Entry extends Pick<KustomizeInput, 'path' | 'role' | 'key'> {
  readonly text: string;
}

function* entriesIn(fields: JsonObject): Iterable<Entry> {
  yield* generatorEntries(fields, 'secretGenerator', 'secret-file', 'secret-env');
  yield* generatorEntries(fields, 'configMapGenerator', 'config-file', 'config-env');
  for (const [index, patch] of itemsAt(fields, 'patches').entries()) {
    const text = stringAt(patch, 'path');
    if (text !== undefined) yield { path: ['patches', index, 'path'], role: 'patch', key: baseName(text), text };
  }
}

/** Entries of `files` are `path` or `key=path` (kustomize api/kv: parseFileSource). */
function* generatorEntries(
  fields: JsonObject,
  field: string,
  ofFile: Entry['role'],
  ofEnv: Entry['role'],
): Iterable<Entry> {
  for (const [index, generator] of itemsAt(fields, field).entries()) {
    for (const [item, text] of itemsAt(generator, 'files').entries()) {
      if (typeof text !== 'string') continue;
      const [first = '', ...rest] = text.split('=');
      const file = rest.length === 0 ? first : rest.join('=');
      const key = rest.length === 0 ? baseName(first) : first;
      yield { path: [field, index, 'files', item], role: ofFile, key, text: file };
    }
    for (const [item, text] of itemsAt(generator, 'envs').entries()) {
      if (typeof text === 'string')
        yield { path: [field, index, 'envs', item], role: ofEnv, key: baseName(text), text };
    }
    const env = stringAt(generator, 'env');
    if (env !== undefined && env !== '')
      yield { path: [field, index, 'env'], role: ofEnv, key: baseName(env), text: env };
  }
}
