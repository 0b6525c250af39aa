import { isNull } from '../fieldspec/emptiness';
import { pairsOf } from '../metadata/pairs';
import { mapNode, nodeAt, textAt, textNode, withEntry, type MapNode, type Node } from '../node';
import { type EngineResource } from '../resource';
import { dataNode } from './make-object';
import { textMap } from './text-map';

/** Text values of the map at a path, as kustomize copies them: the spelling of the source, null as empty text. */
function texts(object: MapNode, ...path: string[]): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const [key, value] of pairsOf(nodeAt(object, path))) {
    found.set(key, textNode(value.kind === 'scalar' ? value.text : '', value.origin));
  }
  return found;
}

/** Like {@link texts}, and a null counts as the empty text (kyaml GetValue), which labels and annotations do not do. */
function dataTexts(object: MapNode, field: string): Map<string, Node> {
  const map = object.entries.get(field);
  const found = new Map<string, Node>();
  if (map?.kind !== 'map') return found;
  for (const [key, value] of map.entries) {
    const text = value.kind === 'scalar' && !isNull(value) ? value.text : '';
    found.set(key, dataNode(text, value.origin));
  }
  return found;
}

function withPart(object: MapNode, field: string, part: Map<string, Node>): MapNode {
  return withEntry(object, field, part.size === 0 ? undefined : textMap(part, object.origin));
}

function mergedMetadata(object: MapNode, old: MapNode): MapNode {
  const own = nodeAt(object, ['metadata']);
  let metadata = own?.kind === 'map' ? own : mapNode([], object.origin);
  for (const field of ['labels', 'annotations']) {
    const merged = new Map([...texts(old, 'metadata', field), ...texts(object, 'metadata', field)]);
    metadata = withPart(metadata, field, merged);
  }
  for (const field of ['name', 'namespace']) {
    const text = textAt(old, 'metadata', field) ?? '';
    const node = nodeAt(old, ['metadata', field]);
    metadata = withEntry(metadata, field, node === undefined || text === '' ? undefined : node);
  }
  return withEntry(object, 'metadata', metadata);
}

/**
 * A generated object put in the place of an earlier one (api/resource/resource.go, CopyMergeMetaDataFieldsFrom): name,
 * namespace, history and behavior stay those of the earlier one, labels, annotations and (for `merge`) data are joined.
 */
export function mergeGenerated(generated: EngineResource, old: EngineResource, mergesData: boolean): EngineResource {
  let node = mergedMetadata(generated.node, old.node);
  if (mergesData) {
    const data = [...dataTexts(old.node, 'data'), ...dataTexts(node, 'data')];
    node = withPart(node, 'data', new Map(data));
    node = withPart(
      node,
      'binaryData',
      new Map([...dataTexts(old.node, 'binaryData'), ...dataTexts(node, 'binaryData')]),
    );
  }
  const needsHash = generated.generated?.needsHash === true && old.generated?.needsHash === true;
  return {
    ...old,
    node,
    generated: old.generated === undefined ? undefined : { ...old.generated, needsHash },
  };
}
