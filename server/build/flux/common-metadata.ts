import { type JsonObject, objectAt, type Path } from '../../model/json';
import { type ResourceId } from '../../model/resource-id';
import { type MapNode, mapNode, type Node, textNode, withEntry } from '../kustomize/node';
import { type Origin } from '../kustomize/origin';

/**
 * An object with `spec.commonMetadata` of its Flux Kustomization laid over its labels and annotations, which win over
 * its own (kustomize-controller, after substitution, on every object). `originOf`: origin of a value that a path of the
 * Flux Kustomization puts there, in the table of the object's build. The same object where there is nothing to lay.
 */
export function withCommonMetadata(
  object: MapNode,
  owner: JsonObject,
  originOf: (path: Path, previous: Origin | undefined) => Origin,
): MapNode {
  const common = objectAt(owner, 'spec', 'commonMetadata');
  let made = object;
  for (const field of ['labels', 'annotations']) {
    for (const [name, value] of objectAt(common, field) ?? []) {
      if (typeof value !== 'string') continue;
      const path = ['spec', 'commonMetadata', field, name];
      made = withMetadata(made, [field, name], value, (previous) => originOf(path, previous));
    }
  }
  return made;
}

const kustomizeGroup = 'kustomize.toolkit.fluxcd.io';

/** The object with the labels by which Flux knows what it applied. */
export function withOwnerLabels(object: MapNode, { id }: { readonly id: ResourceId }, origin: Origin): MapNode {
  const named = withMetadata(object, ['labels', `${kustomizeGroup}/name`], id.name, () => origin);
  return withMetadata(named, ['labels', `${kustomizeGroup}/namespace`], id.namespace, () => origin);
}

function withMetadata(
  object: MapNode,
  [field, name]: readonly [field: string, name: string],
  value: string,
  originOf: (previous: Origin | undefined) => Origin,
): MapNode {
  const metadata = mapAt(object, 'metadata');
  const texts = metadata && mapAt(metadata, field);
  const origin = originOf(texts?.entries.get(name)?.origin);
  const changed = withEntry(texts === undefined ? mapNode([], origin) : asTexts(texts), name, textNode(value, origin));
  return withEntry(object, 'metadata', withEntry(metadata ?? mapNode([], origin), field, changed));
}

/** Whoever adds one writes all of them as text; what is no scalar has none (kyaml `SetLabels`, `SetAnnotations`). */
function asTexts(map: MapNode): MapNode {
  const isText = (node: Node): boolean => node.kind === 'scalar' && node.tag === '!!str';
  if ([...map.entries.values()].every(isText)) return map;
  const entries = [...map.entries].map(
    ([key, node]) =>
      [key, isText(node) ? node : textNode(node.kind === 'scalar' ? node.text : '', node.origin)] as const,
  );
  return { ...map, entries: new Map(entries) };
}

function mapAt(node: MapNode, key: string): MapNode | undefined {
  const found = node.entries.get(key);
  return found?.kind === 'map' ? found : undefined;
}
