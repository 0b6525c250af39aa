import { type MapNode, type Node, textNode, withEntry } from '../node';
import { type EngineResource, type ResId } from '../resource';

const domain = 'internal.config.kubernetes.io/';

const idText = ({ group, version, kind, name, namespace }: ResId): string =>
  `${kind}.${version || '[noVer]'}.${group || '[noGrp]'}/${name || '[noName]'}.${namespace || '[noNs]'}`;

/**
 * The annotations in which kustomize keeps what we keep beside an object (api/internal/utils/annotations.go). Patches see
 * them: one can add to annotations that nobody wrote, copy them elsewhere, or take them away.
 */
export function withBuildAnnotations({ node, ...known }: EngineResource): MapNode {
  const lists: Readonly<Record<string, readonly string[]>> = {
    previousNames: known.previousIds.map(({ name }) => name),
    previousNamespaces: known.previousIds.map(({ namespace }) => namespace),
    previousKinds: known.previousIds.map(({ kind }) => kind),
    prefixes: known.prefixes,
    suffixes: known.suffixes,
    refBy: known.referredBy.map(idText),
    needsHashSuffix: known.generated?.needsHash === true ? ['enabled'] : [],
    generatorBehavior: known.generated === undefined ? [] : [known.generated.behavior],
  };
  const added = Object.entries(lists).filter(([, values]) => values.length > 0);
  const metadata = node.entries.get('metadata');
  if (added.length === 0 || metadata?.kind !== 'map') return node;
  const before = metadata.entries.get('annotations');
  const annotations =
    before?.kind === 'map' ? before : { kind: 'map' as const, entries: new Map(), origin: node.origin };
  const entries = new Map<string, Node>(annotations.entries);
  for (const [name, values] of added) entries.set(domain + name, textNode(values.join(','), node.origin));
  return withEntry(node, 'metadata', withEntry(metadata, 'annotations', { ...annotations, entries }));
}

/** The object without those annotations. */
export function withoutBuildAnnotations(object: MapNode): MapNode {
  const metadata = object.entries.get('metadata');
  const annotations = metadata?.kind === 'map' ? metadata.entries.get('annotations') : undefined;
  if (metadata?.kind !== 'map' || annotations?.kind !== 'map') return object;
  const entries = new Map([...annotations.entries].filter(([key]) => !key.startsWith(domain)));
  if (entries.size === annotations.entries.size) return object;
  // kustomize writes the rest back, and an empty map not at all.
  const rest = entries.size === 0 ? undefined : { ...annotations, entries };
  return withEntry(object, 'metadata', withEntry(metadata, 'annotations', rest));
}
