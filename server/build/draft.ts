import { type JsonObject, type Path } from '../model/json';
import { type DocumentRef, type Resource } from '../model/resource';
import { type ResourceId } from '../model/resource-id';
import { type UnknownFields } from './build';

/** Where a change of a field comes from. */
export type ChangeSource = DocumentRef & { readonly path: Path };

/** An object on its way through the kustomizations: replaced, never changed in place. */
export interface Draft {
  readonly id: ResourceId;
  readonly resource: Resource;
  readonly value: JsonObject | undefined;
  readonly unknown: UnknownFields;
  readonly changes: readonly { readonly path: Path; readonly from: ChangeSource }[];
}

/** Paths below `metadata` that make up the identity. */
const identityPaths: readonly Path[] = [
  ['metadata', 'name'],
  ['metadata', 'namespace'],
];

/** True when the value at `path` may be something else than what is known. */
export function isUnknownAt(unknown: UnknownFields, path: Path): boolean {
  if (unknown === 'everything') return true;
  return unknown.some((known) => {
    const shared = Math.min(known.length, path.length);
    for (let i = 0; i < shared; i++) if (known[i] !== path[i]) return false;
    return true;
  });
}

/** True when name or namespace are not known, so that the id equals nothing. */
export function hasUnknownIdentity(unknown: UnknownFields): boolean {
  return unknown !== 'everything' && unknown.length === 0
    ? false
    : identityPaths.some((path) => isUnknownAt(unknown, path));
}

/** The draft with more paths not known. */
export function withUnknown(draft: Draft, more: UnknownFields): Draft {
  if (draft.unknown === 'everything' || (more !== 'everything' && more.length === 0)) return draft;
  return { ...draft, unknown: more === 'everything' ? 'everything' : [...draft.unknown, ...more] };
}

/** Paths of the strings that hold a variable, keys included (the path of their object then). */
export function variablePaths(value: JsonObject): Path[] {
  const found: Path[] = [];
  const visit = (here: unknown, path: Path): void => {
    if (typeof here === 'string') {
      if (here.includes('${')) found.push(path);
    } else if (Array.isArray(here)) {
      here.forEach((item, index) => visit(item, [...path, index]));
    } else if (here instanceof Map) {
      for (const [key, item] of here as ReadonlyMap<string, unknown>) {
        if (key.includes('${')) found.push(path);
        visit(item, [...path, key]);
      }
    }
  };
  visit(value, []);
  return found;
}
