import {
  isArray,
  isObject,
  itemsAt,
  type JsonObject,
  type JsonValue,
  objectAt,
  type Path,
  stringAt,
} from '../model/json';
import { splitApiVersion } from '../model/resource-id';
import { parseDocument } from '../yaml/parse';
import { valueOf } from '../yaml/scalar';
import { splitDocuments } from '../yaml/split';
import { type ChangeSource, type Draft, withUnknown } from './draft';
import { applyJsonPatch, type Operation, readJsonPatch } from './json-patch';
import { mergePatch } from './merge-patch';
import { select } from './selector';

/** One patch as read: fragments of objects, or operations; undefined when its text cannot be read. */
export type PatchContent =
  | { readonly kind: 'fragments'; readonly fragments: readonly JsonObject[] }
  | { readonly kind: 'operations'; readonly operations: readonly Operation[] }
  | undefined;

/** A patch and where it stands. `target` is absent when the fragments name their objects themselves. */
export interface Patch {
  readonly content: PatchContent;
  readonly target: JsonObject | undefined;
  readonly from: ChangeSource;
}

/** Reads the text of a patch, which may be YAML or JSON (kustomize api/internal/builtins/PatchTransformer.go). */
export function readPatch(text: string): PatchContent {
  const fragments: JsonObject[] = [];
  for (const piece of splitDocuments(text)) {
    const document = parseDocument(text.slice(piece.start, piece.end));
    if (document.faults.length > 0) return undefined;
    if (document.root === undefined) continue;
    const value: JsonValue = valueOf(document, document.root);
    if (isArray(value)) {
      const operations = readJsonPatch(value);
      return operations === undefined ? undefined : { kind: 'operations', operations };
    }
    if (isObject(value)) fragments.push(value);
  }
  return { kind: 'fragments', fragments };
}

/** Patches of a list such as `patches`; `readFile` answers undefined for a file that cannot be read. */
export function readPatches(
  list: JsonValue | undefined,
  from: (index: number) => ChangeSource,
  readFile: (path: string, index: number) => string | undefined,
): Patch[] {
  return itemsAt(list).map((item, index) => {
    const inline = typeof item === 'string' ? item : stringAt(item, 'patch');
    const path = stringAt(item, 'path');
    const isFileName =
      inline === undefined || (typeof item === 'string' && !inline.includes('\n') && !inline.includes(':'));
    const text = isFileName ? readFile(path ?? inline ?? '', index) : inline;
    return {
      content: text === undefined ? undefined : readPatch(text),
      target: objectAt(item, 'target'),
      from: from(index),
    };
  });
}

function names(fragment: JsonObject, draft: Draft): boolean {
  const { group } = splitApiVersion(stringAt(fragment, 'apiVersion') ?? '');
  if (group !== draft.id.group || stringAt(fragment, 'kind') !== draft.id.kind) return false;
  const name = stringAt(fragment, 'metadata', 'name');
  if (name !== draft.id.name && name !== draft.resource.id.name) return false;
  const namespace = stringAt(fragment, 'metadata', 'namespace') ?? '';
  return namespace === '' || namespace === draft.id.namespace || namespace === draft.resource.id.namespace;
}

// A merge patch keeps kind, name and namespace of its target unless options say otherwise.
const isIdentity = (path: Path): boolean =>
  path[0] === 'kind' || (path[0] === 'metadata' && (path[1] === 'name' || path[1] === 'namespace'));

function applyFragment(draft: Draft, fragment: JsonObject, from: ChangeSource): Draft | undefined {
  if (draft.value === undefined && fragment.get('$patch') === 'delete') return undefined;
  const body = new Map(fragment);
  body.delete('apiVersion');
  body.delete('kind');
  const metadata = objectAt(fragment, 'metadata');
  if (metadata !== undefined) {
    const rest = new Map(metadata);
    rest.delete('name');
    rest.delete('namespace');
    body.set('metadata', rest);
  }
  const touched: Path[] = [];
  // Without kept content only the touched paths are learnt.
  const value = mergePatch(draft.value ?? new Map<string, JsonValue>(), body, touched);
  if (value === undefined) return undefined;
  const changes = touched.map((path) => ({ path, from }));
  return { ...draft, value: draft.value && value, changes: [...changes, ...draft.changes] };
}

const readStep = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step);

function applyOperations(draft: Draft, operations: readonly Operation[], from: ChangeSource): Draft {
  const touched: Path[] = [];
  if (draft.value === undefined) {
    const rewritesIdentity = operations.some((operation) => isIdentity(operation.path));
    const changes = operations.map(({ path }) => ({ path: path.map(readStep), from }));
    return rewritesIdentity ? withUnknown(draft, 'everything') : { ...draft, changes: [...changes, ...draft.changes] };
  }
  const value = applyJsonPatch(draft.value, operations, touched);
  if (value === undefined)
    return withUnknown(
      draft,
      operations.map((operation) => operation.path),
    );
  const id = {
    ...draft.id,
    name: stringAt(value, 'metadata', 'name') ?? draft.id.name,
    namespace: stringAt(value, 'metadata', 'namespace') ?? draft.id.namespace,
  };
  return { ...draft, id, value, changes: [...touched.map((path) => ({ path, from })), ...draft.changes] };
}

function applyPatch(draft: Draft, patch: Patch): Draft | undefined {
  const { content, target, from } = patch;
  const selection = target === undefined ? undefined : select(target, draft);
  if (selection === 'not-selected') return draft;
  if (selection === 'unknown' || content === undefined) {
    // Without a target an unreadable patch may be meant for any object.
    return withUnknown(draft, 'everything');
  }
  if (content.kind === 'operations')
    return target === undefined ? draft : applyOperations(draft, content.operations, from);
  let patched: Draft | undefined = draft;
  for (const fragment of content.fragments) {
    if (patched !== undefined && (selection === 'selected' || names(fragment, draft))) {
      patched = applyFragment(patched, fragment, from);
    }
  }
  return patched;
}

/** Objects after all patches; deleted ones are gone. A missing match changes nothing here. */
export function applyPatches(drafts: readonly Draft[], patches: readonly Patch[]): Draft[] {
  let result = [...drafts];
  for (const patch of patches) {
    result = result.map((draft) => applyPatch(draft, patch)).filter((draft) => draft !== undefined);
  }
  return result;
}
