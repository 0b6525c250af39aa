import { type TransformContext } from '../context';
import { faultAt, type EngineFault } from '../fault';
import { isNull } from '../fieldspec/emptiness';
import { type MapNode, nodeAt, type Node } from '../node';
import { valueText } from '../patch/elements';
import { type EngineResource } from '../resource';
import { currentId, describeId } from '../transform/identity';

export type MetadataMap = 'labels' | 'annotations';

/**
 * Labels or annotations as kustomize reads them (kyaml/yaml/rnode.go, `getMapFromMeta`): it does not look whether they
 * are a map, so the items of a list are keys and values in turn. Of equal keys the last counts.
 */
export function pairsOf(node: Node | undefined): Iterable<readonly [string, Node]> {
  if (node?.kind === 'map') {
    const last = node.unwritable?.last;
    return last === undefined ? node.entries : new Map([...node.entries, ...last]);
  }
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((key, index): [string, Node][] => {
    const value = node.items[index + 1];
    return index % 2 === 0 && value !== undefined ? [[valueText(key), value]] : [];
  });
}

/** True for a list whose last key has no value, at which kustomize panics. */
function isOdd(node: MapNode, field: MetadataMap): boolean {
  const found = nodeAt(node, ['metadata', field]);
  return found?.kind === 'list' && found.items.length % 2 === 1;
}

/** The labels or annotations that end a step which reads both. */
export function unreadableMap({ node }: EngineResource): MetadataMap | undefined {
  if (isOdd(node, 'labels')) return 'labels';
  return isOdd(node, 'annotations') ? 'annotations' : undefined;
}

/** True where kustomize cannot note something of an object: its annotations are a list. */
export function takesNoNotes({ node }: EngineResource): boolean {
  const found = nodeAt(node, ['metadata', 'annotations']);
  return found?.kind === 'list' && found.items.length > 0;
}

/** A fault at labels or annotations that are no map, in the file they are written in. */
export function notAMap(
  resource: EngineResource,
  { origins, place }: Pick<TransformContext, 'origins' | 'place'>,
): EngineFault {
  const { node } = resource;
  const field = unreadableMap(resource) ?? 'annotations';
  const written = origins.placeOf(nodeAt(node, ['metadata', field])?.origin ?? node.origin);
  const message = `The ${field} of ${describeId(currentId(resource))} are no map. Flux cannot build this.`;
  // What a patch put there stands in no document of its own.
  if (written === undefined) return faultAt(place, 'metadata-not-a-map', message);
  return faultAt({ ...written, path: ['metadata', field] }, 'metadata-not-a-map', message);
}

/**
 * True for annotations that were no map when kustomize noted something of the object, or that it cannot make a map of
 * at the end. `isNoted`: of the file it comes from.
 */
export function hasLostNotes(resource: EngineResource, isNoted: boolean): boolean {
  const { node, previousIds, referredBy, generated } = resource;
  const annotations = nodeAt(node, ['metadata', 'annotations']);
  if (annotations === undefined || annotations.kind === 'map' || isNull(annotations)) return false;
  const isNamed = previousIds.length + referredBy.length > 0 || generated !== undefined;
  return isNoted || (isNamed && takesNoNotes(resource)) || isOdd(node, 'annotations');
}
