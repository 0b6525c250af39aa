import { isObject, itemsAt, type JsonObject, type Path, stringAt } from '../model/json';
import { splitApiVersion } from '../model/resource-id';
import { type YamlDocument } from '../yaml/document';
import { valueOf } from '../yaml/scalar';
import { type DocumentContext } from './rule';

/** An object that a document declares, judged by its own text. */
export interface DeclaredObject {
  /** Empty, or `items` and the index for an object inside a List. */
  readonly at: Path;
  readonly value: JsonObject;
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const declared = new WeakMap<YamlDocument, readonly DeclaredObject[]>();

/**
 * The objects of a document with the role `object` that name their API version and kind; those inside a List one by
 * one. Empty for every other document, and for one whose text is broken: what can be read of it proves nothing.
 */
export function declaredObjects({
  document,
  role,
}: Pick<DocumentContext, 'document' | 'role'>): readonly DeclaredObject[] {
  if (role !== 'object' || isBroken(document)) return [];
  let objects = declared.get(document);
  if (objects === undefined) {
    objects = readObjects(document);
    declared.set(document, objects);
  }
  return objects;
}

/** True when part of the text could not be read. */
export function isBroken(document: YamlDocument): boolean {
  return document.faults.some(({ code }) => code !== 'duplicate-key');
}

function readObjects(document: YamlDocument): DeclaredObject[] {
  const root = valueOf(document, document.root);
  if (!isObject(root)) return [];
  if (isList(root)) {
    return itemsAt(root, 'items').flatMap((item, index) => (isObject(item) ? readObject(item, ['items', index]) : []));
  }
  return readObject(root, []);
}

/** kustomize takes a List apart before anything else (api/resource/factory.go). */
export function isList(value: JsonObject): boolean {
  return stringAt(value, 'kind')?.endsWith('List') === true && Array.isArray(value.get('items'));
}

function readObject(value: JsonObject, at: Path): DeclaredObject[] {
  const apiVersion = stringAt(value, 'apiVersion');
  const kind = stringAt(value, 'kind');
  if (apiVersion === undefined || kind === undefined) return [];
  if (apiVersion.includes('${') || kind.includes('${')) return [];
  return [{ at, value, apiVersion, kind, ...splitApiVersion(apiVersion) }];
}
