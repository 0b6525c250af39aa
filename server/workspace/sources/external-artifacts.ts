import { artifactTree, type Copy } from '../../build/artifact-tree';
import { type RenderedObject, type SourceTree } from '../../build/build';
import { itemsAt, stringAt } from '../../model/json';
import { type ResourceId } from '../../model/resource-id';
import {
  artifactGeneratorGroup,
  type GeneratedArtifact,
  type GeneratedArtifacts,
  namedSource,
} from './artifact-generators';
import { type ClusterIndex } from '../cluster-index';
import { fillTemplate } from './path-pattern';
import { type TreeOf } from './served-folder';

interface Made {
  readonly generator: RenderedObject;
  readonly artifact: GeneratedArtifact;
}

/** Which artifacts a generator makes. */
type ArtifactsOf = (generator: RenderedObject) => GeneratedArtifacts;

function* madeBy(index: ClusterIndex, source: ResourceId, artifactsOf: ArtifactsOf): Iterable<Made> {
  for (const generator of index.objectsOf(artifactGeneratorGroup, 'ArtifactGenerator')) {
    for (const artifact of artifactsOf(generator).artifacts) {
      if (artifact.name === source.name && artifact.namespace === source.namespace) yield { generator, artifact };
    }
  }
}

/** The artifact that some generator makes under an id. */
export function treeOfArtifact(
  index: ClusterIndex,
  source: ResourceId,
  artifactsOf: ArtifactsOf,
  treeOf: TreeOf,
): SourceTree | undefined {
  for (const made of madeBy(index, source, artifactsOf)) return readArtifact(made, treeOf);
  return undefined;
}

/** The sources that an artifact is cut from, as its generator names them. */
export function sourcesOfArtifact(
  index: ClusterIndex,
  source: ResourceId,
  artifactsOf: ArtifactsOf,
): readonly ResourceId[] {
  return [...madeBy(index, source, artifactsOf)].flatMap(({ generator }) =>
    itemsAt(generator.value, 'spec', 'sources').map((item) => namedSource(generator, item)),
  );
}

function readArtifact({ generator, artifact }: Made, treeOf: TreeOf): SourceTree | undefined {
  const { captures } = artifact;
  if (captures === undefined) return undefined;
  const sources = new Map<string, SourceTree | undefined>();
  for (const item of itemsAt(generator.value, 'spec', 'sources')) {
    sources.set(stringAt(item, 'alias') ?? '', treeOf(namedSource(generator, item)));
  }
  const isTemplate = (stringAt(generator.value, 'spec', 'pathPattern') ?? '') !== '';
  const read = (written: string | undefined): string | undefined =>
    written !== undefined && isTemplate ? fillTemplate(written, captures) : written;
  const copies: Copy[] = [];
  for (const copy of itemsAt(generator.value, 'spec', 'artifacts', artifact.position, 'copy')) {
    const from = /^@([^/]+)\/?(.*)$/.exec(read(stringAt(copy, 'from')) ?? '');
    const to = /^@artifact\/?(.*)$/.exec(read(stringAt(copy, 'to')) ?? '');
    const tree = sources.get(from?.[1] ?? '');
    const strategy = stringAt(copy, 'strategy');
    // Content of a source that is not here, or of an archive that is unpacked, is not known.
    if (tree === undefined || strategy === 'Extract') return undefined;
    const exclude = itemsAt(copy, 'exclude').filter((pattern) => typeof pattern === 'string');
    copies.push({ tree, from: from?.[2] ?? '', to: to?.[1] ?? '', exclude, merges: strategy === 'Merge' });
  }
  return artifactTree(copies);
}
