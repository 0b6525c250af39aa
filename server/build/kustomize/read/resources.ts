import { finish, pauseEvery, type Steps } from '../../../model/steps';
import { type ResolvedScalar, resolveScalar } from '../../../yaml/scalar';
import { numberText } from '../emit/go-number';
import { type GoRelease, withTextKeys } from '../emit/text-keys';
import { type EngineFault } from '../fault';
import { isNull, isNullOrEmpty } from '../fieldspec/emptiness';
import { type MapNode, type Node, type ScalarNode } from '../node';
import { type EngineResource } from '../resource';
import { type Session } from '../session';
import { isNamespacedKind } from '../tables/namespaced-kinds';
import { documentsInSteps, faultInText, type ReadDocument, type TextPlace } from './read-documents';

/** One resource for each root, so that what was made of it before is found again. */
const fresh = new WeakMap<MapNode, EngineResource>();

/** A freshly read object without history; the identical one for the identical root. */
export function newResource(node: MapNode): EngineResource {
  let resource = fresh.get(node);
  if (resource === undefined) {
    resource = { node, previousIds: [], prefixes: [], suffixes: [], generated: undefined, referredBy: [] };
    fresh.set(node, resource);
  }
  return resource;
}

/** The resource with the scope that the schema in force gives its kind (kyaml/openapi/openapi.go, IsNamespaceScoped). */
export function withScope(resource: EngineResource, { schema }: Session): EngineResource {
  if (schema === undefined || schema === 'built-in' || resource.scope !== undefined) return resource;
  const [apiVersion = '', kind = ''] = ['apiVersion', 'kind'].map((name) =>
    scalarText(resource.node.entries.get(name)),
  );
  const isNamespaced = isNamespacedKind(apiVersion, kind) || schema.isNamespaced(apiVersion, kind);
  return isNamespaced === false ? { ...resource, scope: 'cluster' } : resource;
}

const scalarText = (node: Node | undefined): string => (node?.kind === 'scalar' && !isNull(node) ? node.text : '');

/**
 * All objects of a text (api/resource/factory.go, `RNodesFromBytes`): empty documents skipped, every other one must be
 * an object with a kind and a name, and objects whose kind ends in `List` are replaced by their items, which go behind
 * everything else.
 */
export function readResources(
  session: Session,
  text: string,
  place: TextPlace,
): readonly EngineResource[] | EngineFault {
  return finish(resourcesInSteps(session, text, place));
}

/** {@link readResources} with pauses. */
export function* resourcesInSteps(
  session: Session,
  text: string,
  place: TextPlace,
): Steps<readonly EngineResource[] | EngineFault> {
  const read = yield* documentsInSteps(session, text, place);
  if ('kind' in read) return read;
  const queue: ReadDocument[] = [];
  for (const document of read.documents) {
    if (isNull(document.root)) continue;
    const items = read.isSingle ? unwrapped(document) : undefined;
    const checked = keepGood(session, items ?? [document], place);
    if ('kind' in checked) return checked;
    queue.push(...checked);
    if (document.index % pauseEvery === 0) yield;
  }
  const resources: EngineResource[] = [];
  for (let at = 0; at < queue.length; at++) {
    if (at % pauseEvery === 0) yield;
    const document = queue[at];
    if (document?.root.kind !== 'map') continue;
    const kind = scalarText(document.root.entries.get('kind'));
    const items = kind.endsWith('List') ? document.root.entries.get('items') : undefined;
    if (items === undefined) {
      resources.push(withScope(newResource(document.root), session));
    } else if (hasUnwritable(document.root, session.go)) {
      const message = `This ${kind} has a key twice, or a key or value that JSON cannot hold. Flux cannot read this file.`;
      return faultInText(place, { index: document.index }, 'list-items', message);
    } else if (items.kind === 'list') {
      const inner = items.items.map((root) => ({ root: throughJson(root, session.go), index: document.index }));
      const checked = keepGood(session, inner, place);
      if ('kind' in checked) return checked;
      queue.push(...checked);
    } else if (!isNull(items)) {
      const message = `The items of this ${kind} are no list. Flux cannot read this file.`;
      return faultInText(place, { index: document.index, path: ['items'] }, 'list-items', message);
    }
  }
  return resources;
}

/** The items of a `List` or `ResourceList`, which the reader itself takes apart when it is the only document. */
function unwrapped({ root, index }: ReadDocument): readonly ReadDocument[] | undefined {
  if (root.kind !== 'map') return undefined;
  const kind = scalarText(root.entries.get('kind'));
  if (kind !== 'List' && kind !== 'ResourceList') return undefined;
  const items = root.entries.get('items');
  if (items === undefined && !root.entries.has('functionConfig')) return undefined;
  return items?.kind === 'list' ? items.items.map((item) => ({ root: item, index })) : [];
}

function keepGood(
  session: Session,
  documents: readonly ReadDocument[],
  place: TextPlace,
): readonly ReadDocument[] | EngineFault {
  const good: ReadDocument[] = [];
  for (const document of documents) {
    const { root, index } = document;
    if (isNullOrEmpty(root)) continue;
    const map = root.kind === 'map' ? root : undefined;
    const kind = scalarText(map?.entries.get('kind'));
    if (kind === '') {
      const isObject = map?.entries.has('apiVersion') === true || map?.entries.has('metadata') === true;
      const code = isObject ? 'object-kind-missing' : 'not-an-object';
      const what = isObject ? 'This object has no kind.' : 'This document is no Kubernetes object.';
      const message = `${what} Flux cannot build a kustomization that lists this file.`;
      const broken = faultInText(place, { index }, code, message);
      const ended = place.skipsBroken === true ? session.attempt(broken, undefined) : broken;
      if (ended !== undefined) return ended;
      continue;
    }
    const metadata = map?.entries.get('metadata');
    const name = metadata?.kind === 'map' ? scalarText(metadata.entries.get('name')) : '';
    if (name === '' && !kind.endsWith('List')) {
      const message = `This ${kind} has no metadata.name. Flux cannot build a kustomization that lists this file.`;
      const broken = faultInText(place, { index }, 'object-name-missing', message);
      const ended = place.skipsBroken === true ? session.attempt(broken, undefined) : broken;
      if (ended !== undefined) return ended;
      continue;
    }
    good.push(document);
  }
  return good;
}

/** True where Go cannot make JSON of a value, which taking a list apart needs. */
function hasUnwritable(node: Node, go: GoRelease): boolean {
  if (node.kind === 'list') return node.items.some((item) => hasUnwritable(item, go));
  if (node.kind === 'map') {
    return withTextKeys(node, go) === undefined || [...node.entries.values()].some((value) => hasUnwritable(value, go));
  }
  const { value, isMismatch } = meaningOf(node);
  return isMismatch === true || (typeof value === 'number' && !Number.isFinite(value));
}

function meaningOf(node: ScalarNode): ResolvedScalar {
  const scalar = { kind: 'scalar', style: node.style, text: node.text, start: 0, end: 0 } as const;
  return resolveScalar(node.tag === undefined ? scalar : { ...scalar, tag: node.tag });
}

/** A value after Go's JSON: texts in double quotes, numbers as Go writes them, keys in byte order. */
function throughJson(node: Node, go: GoRelease): Node {
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => throughJson(item, go)) };
  if (node.kind === 'map') {
    const map = withTextKeys(node, go) ?? node;
    const entries = [...map.entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return { ...map, entries: new Map(entries.map(([key, value]) => [key, throughJson(value, go)])) };
  }
  return scalarThroughJson(node);
}

function scalarThroughJson(node: ScalarNode): ScalarNode {
  const { value } = meaningOf(node);
  const { origin } = node;
  if (typeof value === 'string') return { kind: 'scalar', text: value, style: 'double', origin };
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  return { kind: 'scalar', text: isNumber ? numberText(value) : String(value), style: 'plain', origin };
}
