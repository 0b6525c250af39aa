import { type JsonObject, objectAt, type Path } from '../../model/json';
import { type MapNode, mapNode, textNode, withEntry } from '../kustomize/node';
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
      const metadata = mapAt(made, 'metadata');
      const texts = metadata && mapAt(metadata, field);
      const previous = texts?.entries.get(name)?.origin;
      const origin = originOf(['spec', 'commonMetadata', field, name], previous);
      const changed = withEntry(texts ?? mapNode([], origin), name, textNode(value, origin));
      made = withEntry(made, 'metadata', withEntry(metadata ?? mapNode([], origin), field, changed));
    }
  }
  return made;
}

function mapAt(node: MapNode, key: string): MapNode | undefined {
  const found = node.entries.get(key);
  return found?.kind === 'map' ? found : undefined;
}
