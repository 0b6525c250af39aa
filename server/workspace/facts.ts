import { findKind } from '../../schemas/kinds/index';
import { type DocumentFacts, type FileFacts, isKustomizationFile } from '../build/facts';
import { type FilePath } from '../model/file-path';
import { equalValues, isObject, type JsonObject, type JsonValue, objectAt, stringAt } from '../model/json';
import { type DocumentRef, type Resource } from '../model/resource';
import { splitApiVersion } from '../model/resource-id';
import { finish, pauseEvery, type Steps } from '../model/steps';
import { type YamlDocument } from '../yaml/document';
import { readAhead, type YamlFile } from '../yaml/file';
import { type YamlMap, type YamlNode } from '../yaml/node';
import { valueOf } from '../yaml/scalar';

/** The value node of an entry of a map; undefined when there is none. */
function child(node: YamlNode | undefined, key: string): YamlNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find((entry) => entry.key.kind === 'scalar' && entry.key.text === key)?.value;
}

function text(node: YamlNode | undefined): string {
  return node?.kind === 'scalar' ? node.text : '';
}

function isEncrypted(root: YamlMap): boolean {
  const stanza = child(root, 'sops');
  return child(stanza, 'mac') !== undefined || child(stanza, 'lastmodified') !== undefined;
}

/** Drops what only Helm reads: it is large, and nothing here looks at it but for the chart that installs Flux. */
function withoutHelmValues(value: JsonObject, kind: string): JsonObject {
  const spec = objectAt(value, 'spec');
  if (kind !== 'HelmRelease' || spec?.has('values') !== true || isFluxInstanceChart(value)) return value;
  const rest = new Map(spec);
  rest.delete('values');
  return new Map(value).set('spec', rest);
}

/** True for a HelmRelease of the chart that makes a FluxInstance. */
export function isFluxInstanceChart(value: JsonObject): boolean {
  const chart = stringAt(value, 'spec', 'chart', 'spec', 'chart') ?? stringAt(value, 'spec', 'chartRef', 'name');
  return chart === 'flux-instance' || stringAt(value, 'metadata', 'name') === 'flux-instance';
}

function resourceOf(
  at: DocumentRef,
  path: Resource['at'],
  root: YamlMap,
  document: YamlDocument,
  hasVariables: boolean,
): Resource | undefined {
  const apiVersion = text(child(root, 'apiVersion'));
  const kind = text(child(root, 'kind'));
  if (apiVersion === '' || kind === '') return undefined;
  const metadata = child(root, 'metadata');
  const name = text(child(metadata, 'name'));
  if (name === '' && child(metadata, 'generateName') === undefined) return undefined;
  const { group } = splitApiVersion(apiVersion);
  const entry = findKind(group, kind);
  const value: JsonValue | undefined = entry === undefined ? undefined : valueOf(document, root);
  return {
    ...at,
    at: path,
    id: { group, kind, namespace: text(child(metadata, 'namespace')), name },
    apiVersion,
    entry,
    value: isObject(value) ? withoutHelmValues(value, kind) : undefined,
    hasVariables,
    isEncrypted: isEncrypted(root),
  };
}

const nothing: DocumentFacts = { resources: [], isBroken: false, hasContent: false, kustomization: undefined };

function* documentFacts(at: DocumentRef, document: YamlDocument, isKustomization: boolean): Steps<DocumentFacts> {
  const isBroken = document.faults.some((fault) => fault.code !== 'duplicate-key');
  const { root } = document;
  if (root === undefined) return isBroken ? { ...nothing, isBroken } : nothing;
  if (root.kind !== 'map') return { ...nothing, isBroken, hasContent: true };
  if (isKustomization && at.document === 0) {
    const value = valueOf(document, root, 'kustomization');
    return { resources: [], isBroken, hasContent: true, kustomization: isObject(value) ? value : undefined };
  }
  const items = child(root, 'items');
  // Once: a `List` may have thousands of items.
  const hasVariables = document.text.includes('${');
  const isList = text(child(root, 'kind')).endsWith('List') && items?.kind === 'sequence';
  const resources: (Resource | undefined)[] = [];
  if (!isList) resources.push(resourceOf(at, [], root, document, hasVariables));
  for (const [index, item] of isList ? items.items.entries() : []) {
    if (item?.kind === 'map') resources.push(resourceOf(at, ['items', index], item, document, hasVariables));
    if (index % pauseEvery === pauseEvery - 1) yield;
  }
  return {
    resources: resources.filter((resource) => resource !== undefined),
    isBroken,
    hasContent: true,
    kustomization: undefined,
  };
}

/** An edit leaves most documents of a file what they are, the identical objects. */
const known = new WeakMap<
  YamlDocument,
  { readonly file: FilePath; readonly index: number; readonly facts: DocumentFacts }
>();

/** What a file declares, without its trees. */
export function factsOf(file: YamlFile): FileFacts {
  return finish(factsInSteps(file));
}

/** {@link factsOf} with a pause after each document. */
export function* factsInSteps(file: YamlFile): Steps<FileFacts> {
  const isKustomization = isKustomizationFile(file.path);
  const documents: DocumentFacts[] = [];
  for (const [index, { document }] of file.documents.entries()) {
    const before = known.get(document);
    if (before?.file === file.path && before.index === index) {
      documents.push(before.facts);
      continue;
    }
    yield* readAhead(document);
    const facts = yield* documentFacts({ file: file.path, document: index }, document, isKustomization);
    known.set(document, { file: file.path, index, facts });
    documents.push(facts);
    yield;
  }
  return { path: file.path, documents, unreadable: undefined };
}

function equalResources(a: Resource, b: Resource): boolean {
  return (
    a.id.group === b.id.group &&
    a.id.kind === b.id.kind &&
    a.id.namespace === b.id.namespace &&
    a.id.name === b.id.name &&
    a.apiVersion === b.apiVersion &&
    a.document === b.document &&
    a.at.join() === b.at.join() &&
    a.hasVariables === b.hasVariables &&
    a.isEncrypted === b.isEncrypted &&
    equalValues(a.value, b.value)
  );
}

/**
 * The new facts of a file, with every resource that did not change taken from the old ones, so that what hangs on its
 * identity stays. Returns the old facts themselves when nothing changed.
 */
export function reuseFacts(before: FileFacts | undefined, now: FileFacts): FileFacts {
  return finish(reuseInSteps(before, now));
}

/** {@link reuseFacts} with a pause after each document. */
export function* reuseInSteps(before: FileFacts | undefined, now: FileFacts): Steps<FileFacts> {
  if (before === undefined) return now;
  let isSame =
    before.documents.length === now.documents.length &&
    JSON.stringify(before.unreadable) === JSON.stringify(now.unreadable);
  const documents: DocumentFacts[] = [];
  for (const [index, document] of now.documents.entries()) {
    const old = before.documents[index];
    if (old === document) {
      documents.push(old);
      continue;
    }
    const resources = document.resources.map((resource, position) => {
      const earlier = old?.resources[position];
      return earlier !== undefined && equalResources(earlier, resource) ? earlier : resource;
    });
    const isSameDocument =
      old !== undefined &&
      resources.length === old.resources.length &&
      resources.every((resource, position) => resource === old.resources[position]) &&
      old.isBroken === document.isBroken &&
      old.hasContent === document.hasContent &&
      equalValues(old.kustomization, document.kustomization);
    if (!isSameDocument) isSame = false;
    documents.push(isSameDocument ? old : { ...document, resources });
    yield;
  }
  return isSame ? before : { ...now, documents };
}
