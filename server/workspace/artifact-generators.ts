import { artifactTree, type Copy } from '../build/artifact-tree';
import { type RenderedObject, type SourceTree } from '../build/build';
import { itemsAt, type JsonValue, objectAt, stringAt } from '../model/json';
import { type ResourceId } from '../model/resource-id';
import { type ClusterIndex } from './cluster-index';
import { sourceGroup } from './entry-point';
import { type TreeOf } from './served-folder';

/** API group of ArtifactGenerators. */
export const artifactGeneratorGroup = 'source.extensions.fluxcd.io';

/** Artifacts that ArtifactGenerators make: their names, and where each stands in the generator. */
export function* artifactsOf(
  generator: RenderedObject,
): Iterable<{ readonly name: string; readonly position: number }> {
  for (const [position, artifact] of itemsAt(generator.value, 'spec', 'artifacts').entries()) {
    const name = stringAt(artifact, 'name');
    if (name !== undefined) yield { name, position };
  }
}

/** The artifact that some generator makes under an id. */
export function treeOfArtifact(index: ClusterIndex, source: ResourceId, treeOf: TreeOf): SourceTree | undefined {
  for (const generator of index.objectsOf(artifactGeneratorGroup, 'ArtifactGenerator')) {
    if (generator.id.namespace !== source.namespace) continue;
    for (const { name, position } of artifactsOf(generator)) {
      if (name === source.name) return readGenerator(generator, position, treeOf);
    }
  }
  return undefined;
}

/** The sources that an artifact is cut from, as its generator names them. */
export function sourcesOfArtifact(index: ClusterIndex, source: ResourceId): readonly ResourceId[] {
  return index
    .objectsOf(artifactGeneratorGroup, 'ArtifactGenerator')
    .filter((generator) => makes(generator, source))
    .flatMap((generator) => itemsAt(generator.value, 'spec', 'sources').map((item) => namedSource(generator, item)));
}

const makes = (generator: RenderedObject, { name, namespace }: ResourceId): boolean =>
  generator.id.namespace === namespace && [...artifactsOf(generator)].some((artifact) => artifact.name === name);

const namedSource = (generator: RenderedObject, item: JsonValue): ResourceId => ({
  group: sourceGroup,
  kind: stringAt(item, 'kind') ?? '',
  namespace: stringAt(item, 'namespace') ?? generator.id.namespace,
  name: stringAt(item, 'name') ?? '',
});

function readGenerator(generator: RenderedObject, position: number, treeOf: TreeOf): SourceTree | undefined {
  const spec = objectAt(generator.value, 'spec');
  const sources = new Map<string, SourceTree | undefined>();
  for (const item of itemsAt(spec, 'sources')) {
    sources.set(stringAt(item, 'alias') ?? '', treeOf(namedSource(generator, item)));
  }
  const copies: Copy[] = [];
  for (const copy of itemsAt(spec, 'artifacts', position, 'copy')) {
    const from = /^@([^/]+)\/?(.*)$/.exec(stringAt(copy, 'from') ?? '');
    const to = /^@artifact\/?(.*)$/.exec(stringAt(copy, 'to') ?? '');
    const tree = sources.get(from?.[1] ?? '');
    // Content of a source that is not here, or of an archive that is unpacked, is not known.
    if (tree === undefined || stringAt(copy, 'strategy') === 'Extract') return undefined;
    const exclude = itemsAt(copy, 'exclude').filter((pattern) => typeof pattern === 'string');
    copies.push({ tree, from: from?.[2] ?? '', to: to?.[1] ?? '', exclude });
  }
  return artifactTree(copies);
}
