import { type JsonObject, objectAt, type Path } from '../../model/json';
import { type ResourceId } from '../../model/resource-id';
import { markOf } from '../kustomize/fieldspec/entry-key';
import { pairsOf } from '../kustomize/metadata/pairs';
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
  const texts = metadata && mapOfPairs(metadata.entries.get(field));
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

/**
 * The object as `flux build` prints it: its setters write the keys of labels without quotes, and those of annotations
 * where there are common ones, so that some are no text any more. The controller has setters of its own.
 */
export function withBareKeys(object: MapNode, { value }: { readonly value: JsonObject | undefined }): MapNode {
  const metadata = mapAt(object, 'metadata');
  if (metadata === undefined) return object;
  const setsAnnotations = (objectAt(value, 'spec', 'commonMetadata', 'annotations')?.size ?? 0) > 0;
  const fields = setsAnnotations ? ['labels', 'annotations'] : ['labels'];
  return withEntry(
    object,
    'metadata',
    fields.reduce((made, field) => {
      const texts = mapAt(made, field);
      const mark = [...(texts?.entries.keys() ?? [])].map((key) => markOf(mapNode([], 0), key));
      const first = mark.find(({ unwritable }) => unwritable !== undefined);
      return texts === undefined || first === undefined ? made : withEntry(made, field, { ...texts, ...first });
    }, metadata),
  );
}

function mapOfPairs(node: Node | undefined): MapNode | undefined {
  return node?.kind === 'list' ? mapNode(pairsOf(node), node.origin) : node?.kind === 'map' ? node : undefined;
}

function mapAt(node: MapNode, key: string): MapNode | undefined {
  const found = node.entries.get(key);
  return found?.kind === 'map' ? found : undefined;
}
