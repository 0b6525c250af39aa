import { type RenderedObject, type SourceTree } from '../../build/build';
import { type ResourceId, resourceKey } from '../../model/resource-id';
import { artifactsOf, type GeneratedArtifacts } from './artifact-generators';
import { type ServedFolder } from '../entry-point';
import { sourcesOfArtifact, treeOfArtifact } from './external-artifacts';
import { type Repository } from '../repository';
import { includedBy, serveFolder } from './served-folder';
import { mappingOf, type MappingInputs } from './source-mapping';
import { standingSource } from './standing-source';

/** Which folders the sources of one cluster serve. */
export interface SourceMap {
  /** The files behind a source; undefined when they are not in this repository or not known. */
  treeOf(source: ResourceId): SourceTree | undefined;
  /** The folder of this repository that a source serves; undefined also for what is made of other sources. */
  servedBy(source: ResourceId): ServedFolder | undefined;
  /** The source, and those whose content it takes, over others or not. */
  madeOf(source: ResourceId): readonly ResourceId[];
  /** The object of a source that is read; undefined when none is known to stand. */
  objectOf(source: ResourceId): RenderedObject | undefined;
  /** The artifacts that an ArtifactGenerator makes. */
  artifactsOf(generator: RenderedObject): GeneratedArtifacts;
}

interface SourceContext extends MappingInputs {
  readonly repository: Repository;
}

/** Finds the tree behind each source when asked (catalogue 3a.1, design 2). */
export function mapSources({ repository, entry, index, remotes, mapped, pushes }: SourceContext): SourceMap {
  // Outlives the rendering it is made for, so it must not keep whatever else a caller has with these.
  const context: SourceContext = { repository, entry, index, remotes, mapped, pushes };
  const trees = new Map<string, SourceTree | undefined>();
  const generated = new Map<RenderedObject, GeneratedArtifacts>();
  const madeByGenerator = (generator: RenderedObject): GeneratedArtifacts => {
    const known = generated.get(generator);
    if (known !== undefined) return known;
    // Set first: the folders to match may be those of an artifact that is made from them.
    generated.set(generator, nothingGenerated);
    const made = artifactsOf(generator, treeOf);
    generated.set(generator, made);
    return made;
  };
  const treeOf = (source: ResourceId): SourceTree | undefined => {
    const key = resourceKey(source);
    if (!trees.has(key)) {
      // Set first: a generator that reads its own artifact must not loop.
      trees.set(key, undefined);
      trees.set(key, findTree(source));
    }
    return trees.get(key);
  };
  const serve = (source: ResourceId) => (served: ServedFolder) => serveFolder(context, source, served, treeOf);
  const findTree = (source: ResourceId): SourceTree | undefined => {
    const served = servedBy(source);
    if (served !== undefined) return serve(source)(served);
    return source.kind === 'ExternalArtifact'
      ? treeOfArtifact(context.index, source, madeByGenerator, treeOf)
      : undefined;
  };
  const servedBy = (source: ResourceId): ServedFolder | undefined => mappingOf(context, source, serve(source));
  return {
    treeOf,
    servedBy,
    madeOf: (source) => madeOf(context, source, madeByGenerator),
    objectOf: (source) => standingSource(context, source),
    artifactsOf: madeByGenerator,
  };
}

const nothingGenerated: GeneratedArtifacts = { artifacts: [], trees: new Map(), asked: new Set() };

function madeOf(
  context: SourceContext,
  source: ResourceId,
  madeByGenerator: SourceMap['artifactsOf'],
): readonly ResourceId[] {
  const found = new Map([[resourceKey(source), source]]);
  // What is added on the way is visited too.
  for (const next of found.values()) {
    const isArtifact = next.kind === 'ExternalArtifact';
    const parts = isArtifact ? sourcesOfArtifact(context.index, next, madeByGenerator) : includedBy(context, next);
    for (const part of parts) found.set(resourceKey(part), found.get(resourceKey(part)) ?? part);
  }
  return [...found.values()];
}
