import { type FilePath, directoryOf, joinPath } from '../model/file-path';
import { isArray, itemsAt, type JsonObject, type JsonValue, objectAt, type Path, stringAt } from '../model/json';
import { type ResourceId } from '../model/resource-id';
import { matchesPattern } from '../scalars/pattern';
import { valueOf } from '../yaml/scalar';
import { type RecordedFiles } from './recorded-files';

/** Fields that a replacement which cannot be carried out would have written. */
export interface Rewrite {
  readonly selector: JsonObject | undefined;
  readonly paths: readonly Path[];
}

function readValue(files: RecordedFiles, file: FilePath): JsonValue | undefined {
  const document = files.tree.yaml(file)?.documents[0]?.document;
  return document?.root === undefined ? undefined : valueOf(document, document.root);
}

/** A path of a replacement; the root where it holds patterns or escapes. */
function readPath(text: JsonValue): Path {
  if (typeof text !== 'string' || /[[*\\]/.test(text)) return [];
  return text.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** What the replacements of a kustomization file would have written, those in files of their own included. */
export function lostReplacements(files: RecordedFiles, file: FilePath): Rewrite[] {
  const replacements = itemsAt(readValue(files, file), 'replacements').flatMap((item) => {
    const path = stringAt(item, 'path');
    if (path === undefined) return [item];
    const content = readValue(files, joinPath(directoryOf(file), path) ?? '');
    return isArray(content) ? content : content === undefined ? [] : [content];
  });
  return replacements.flatMap((replacement) =>
    itemsAt(replacement, 'targets').map((target) => {
      const paths = itemsAt(target, 'fieldPaths').map(readPath);
      return { selector: objectAt(target, 'select'), paths: paths.length === 0 ? [['metadata', 'name']] : paths };
    }),
  );
}

/** True unless a part of the selector says that the object is not meant. */
export function mayRewrite({ selector }: Rewrite, id: ResourceId): boolean {
  return (['group', 'kind', 'namespace', 'name'] as const).every((part) => {
    const pattern = stringAt(selector, part);
    return pattern === undefined || pattern === '' || matchesPattern(`^(?:${pattern})$`, id[part]) !== false;
  });
}
