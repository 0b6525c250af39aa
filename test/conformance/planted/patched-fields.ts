import { parseAllDocuments } from 'yaml';
import { type FilePath } from '../../../server/model/file-path';

/** Paths of fields that some patch of a tree sets, by kind; a field of a list item counts as its list. */
export type PatchedFields = ReadonlyMap<string, readonly (readonly string[])[]>;

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Every field that a patch of kustomization files and Flux Kustomizations names, whichever objects the patch selects:
 * a mistake there may be repaired by the patch. More is taken for patched than is.
 */
export function patchedFields(texts: ReadonlyMap<FilePath, string>): PatchedFields {
  const found = new Map<string, string[][]>();
  const add = (kind: string, path: string[]): void => {
    found.set(kind, [...(found.get(kind) ?? []), path]);
  };
  const addLeaves = (kind: string, value: unknown, path: string[]): void => {
    if (!isRecord(value)) return add(kind, path);
    for (const [key, entry] of Object.entries(value)) addLeaves(kind, entry, [...path, key]);
  };
  const readPatch = (patch: unknown, target: unknown): void => {
    if (Array.isArray(patch)) {
      const kind = isRecord(target) && typeof target['kind'] === 'string' ? target['kind'] : '*';
      for (const operation of patch) {
        if (isRecord(operation) && typeof operation['path'] === 'string') {
          add(
            kind,
            operation['path']
              .split('/')
              .slice(1)
              .map((step) => step.replaceAll('~1', '/')),
          );
        }
      }
    } else if (isRecord(patch)) {
      const kind = isRecord(target) && typeof target['kind'] === 'string' ? target['kind'] : patch['kind'];
      for (const [field, value] of Object.entries(patch)) {
        // What a patch says of identity selects its target.
        if (field === 'metadata' && isRecord(value)) {
          for (const key of Object.keys(value)) if (key !== 'name') add(String(kind), ['metadata', key]);
        } else if (field !== 'apiVersion' && field !== 'kind') addLeaves(String(kind), value, [field]);
      }
      search(patch);
    }
  };
  const search = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(search);
    if (!isRecord(value)) return;
    if (typeof value['patch'] === 'string')
      for (const patch of documentsOf(value['patch'])) readPatch(patch, value['target']);
    for (const entry of Object.values(value)) search(entry);
  };
  for (const [file, text] of texts) {
    if (!/\.ya?ml$/.test(file)) continue;
    for (const document of documentsOf(text)) {
      search(document);
      for (const patch of patchFilesOf(document)) {
        const path = `${file.slice(0, file.lastIndexOf('/') + 1)}${patch.path}`.replaceAll('/./', '/');
        for (const content of documentsOf(texts.get(path) ?? '')) readPatch(content, patch.target);
      }
    }
  }
  return found;
}

function patchFilesOf(document: unknown): { path: string; target: unknown }[] {
  if (!isRecord(document)) return [];
  const items = [document['patches'], document['patchesStrategicMerge'], document['patchesJson6902']].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  return items.flatMap((item) => {
    if (typeof item === 'string') return [{ path: item.replace(/^\.\//, ''), target: undefined }];
    if (!isRecord(item) || typeof item['path'] !== 'string') return [];
    return [{ path: item['path'].replace(/^\.\//, ''), target: item['target'] }];
  });
}

function documentsOf(text: string): unknown[] {
  const found: unknown[] = [];
  for (const document of parseAllDocuments(text, { logLevel: 'silent', strict: false, uniqueKeys: false })) {
    if (!('contents' in document) || document.errors.length > 0) continue;
    try {
      found.push(document.toJS({ maxAliasCount: -1 }));
    } catch {
      // A document with unresolved aliases is no patch.
    }
  }
  return found;
}

/** True when a patch may set the field, something in it, or something around it. */
export function isPatched(patched: PatchedFields, kind: string, path: readonly (string | number)[]): boolean {
  const plain: readonly string[] = path.filter((step) => typeof step === 'string');
  return [...(patched.get(kind) ?? []), ...(patched.get('*') ?? [])].some((fields) =>
    fields.every((step, index) => index >= plain.length || step === plain[index]),
  );
}
