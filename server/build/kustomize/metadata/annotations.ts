import { isNull } from '../fieldspec/emptiness';
import { type MapNode, nodeAt, textAt, textNode, withEntry } from '../node';
import { type Origin } from '../origin';
import { withMetadata, withTextEntries } from '../patch/metadata';
import { type EngineResource } from '../resource';

const own = 'internal.config.kubernetes.io/';

/** What kustomize removes from every object at the end (resource.go, `BuildAnnotations`), its users' own ones included. */
const internal: ReadonlySet<string> = new Set([
  ...['previousKinds', 'previousNames', 'prefixes', 'suffixes', 'previousNamespaces'].map((name) => own + name),
  ...['allowNameChange', 'allowKindChange', 'refBy', 'generatorBehavior', 'needsHashSuffix'].map((name) => own + name),
  ...['path', 'index', 'seqindent', 'id', 'annotations-migration-resource-id', 'helm-generated'].map(
    (name) => own + name,
  ),
  'config.kubernetes.io/path',
  'config.kubernetes.io/index',
  'config.k8s.io/id',
]);

const localConfig = 'config.kubernetes.io/local-config';

/** True for objects that take part in the build and are left out of its result (`DropLocalNodes`). */
export function isLocal({ node }: EngineResource): boolean {
  const annotations = nodeAt(node, ['metadata', 'annotations']);
  const mark = annotations?.kind === 'map' ? annotations.entries.get(localConfig) : undefined;
  return mark !== undefined && (mark.kind !== 'scalar' || mark.text !== 'false');
}

/** The text of an annotation; undefined where there is none. */
export function annotationOf(node: MapNode, name: string): string | undefined {
  return textAt(node, 'metadata', 'annotations', name);
}

/** The object with an annotation set; kustomize makes texts of all others then. */
export function withAnnotation(node: MapNode, name: string, text: string, origin: Origin): MapNode {
  return withMetadata(node, (metadata) => {
    const before = metadata.entries.get('annotations');
    // What cannot take a note ends the build (`hasLostNotes`).
    if (before !== undefined && before.kind !== 'map' && !isNull(before)) return metadata;
    const map: MapNode = before?.kind === 'map' ? before : { kind: 'map', entries: new Map(), origin };
    return withTextEntries(
      withEntry(metadata, 'annotations', withEntry(map, name, textNode(text, origin))),
      'annotations',
    );
  });
}

/**
 * The object as it leaves the build: annotations are texts, internal ones, the notes given and an empty map are gone.
 */
export function withFinalAnnotations(resource: EngineResource, unasked: readonly string[]): EngineResource {
  const node = withMetadata(resource.node, (metadata) => {
    const annotations = metadata.entries.get('annotations');
    if (annotations === undefined) return metadata;
    if (annotations.kind !== 'map') return withTextEntries(metadata, 'annotations');
    let kept = annotations;
    for (const name of annotations.entries.keys())
      if (internal.has(name) || unasked.includes(name)) kept = withEntry(kept, name, undefined);
    return withTextEntries(withEntry(metadata, 'annotations', kept), 'annotations');
  });
  return { ...resource, node };
}
