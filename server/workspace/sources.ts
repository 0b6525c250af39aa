import { type RenderedObject, type SourceTree } from '../build/build';
import { type FilePath, joinPath } from '../model/file-path';
import { objectAt, stringAt } from '../model/json';
import { type ResourceId, resourceKey } from '../model/resource-id';
import { artifactsOf, type GeneratedArtifacts } from './artifact-generators';
import { type ClusterIndex } from './cluster-index';
import { describeRef, type EntryPoint, kustomizeGroup } from './entry-point';
import { sourcesOfArtifact, treeOfArtifact } from './external-artifacts';
import { type Repository } from './repository';
import { includedBy, serveFolder, type TreeOf } from './served-folder';
import { standingSource } from './standing-source';

/** `host/path` in lower case without scheme, user, port of the scheme and `.git`, so that ssh and https compare. */
export function normalizeUrl(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

/** Which folders the sources of one cluster serve. */
export interface SourceMap {
  /** The files behind a source; undefined when they are not in this repository or not known. */
  treeOf(source: ResourceId): SourceTree | undefined;
  /** The source, and those whose content it takes, over others or not. */
  madeOf(source: ResourceId): readonly ResourceId[];
  /** The object of a source that is read; undefined when none is known to stand. */
  objectOf(source: ResourceId): RenderedObject | undefined;
  /** The artifacts that an ArtifactGenerator makes. */
  artifactsOf(generator: RenderedObject): GeneratedArtifacts;
}

interface SourceContext {
  readonly repository: Repository;
  readonly entry: EntryPoint;
  readonly index: ClusterIndex;
  /** Normalised URLs under which this repository is known. */
  readonly remotes: readonly string[] | undefined;
  /** Sources mapped by configuration, `Kind/namespace/name` → folder. */
  readonly mapped: Readonly<Record<string, FilePath>>;
}

/** Finds the tree behind each source when asked (catalogue 3a.1, design 2). */
export function mapSources(context: SourceContext): SourceMap {
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
      trees.set(key, findTree(context, source, treeOf, madeByGenerator));
    }
    return trees.get(key);
  };
  return {
    treeOf,
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

function findTree(
  context: SourceContext,
  source: ResourceId,
  treeOf: TreeOf,
  madeByGenerator: SourceMap['artifactsOf'],
): SourceTree | undefined {
  const { entry, index, remotes, mapped } = context;
  const folder = mapped[`${source.kind}/${source.namespace}/${source.name}`];
  const serve = (prefix: FilePath): SourceTree | undefined => serveFolder(context, source, prefix, treeOf);
  if (folder !== undefined) return serve(folder);
  if (resourceKey(source) === resourceKey(entry.source)) return serve(entry.prefix);
  if (source.kind === 'ExternalArtifact') return treeOfArtifact(index, source, madeByGenerator, treeOf);
  const url = urlOf(context, source);
  if (url === undefined) return undefined;
  const own = entry.url === undefined ? urlOf(context, entry.source) : normalizeUrl(entry.url);
  const folderHere = source.kind === 'GitRepository' ? '' : entry.prefix;
  if (url === own || remotes?.includes(url) === true) {
    return isSameRef(context, source) ? serve(folderHere) : undefined;
  }
  // Nothing says what this repository is called: it is this one if everything read from it stands here.
  const isNameless = own === undefined && remotes === undefined;
  const here = isNameless ? serve(folderHere) : undefined;
  return here !== undefined && holdsAllPaths(index, source, here) ? here : undefined;
}

/** False for another branch or tag of this repository, whose files are not those at hand. */
function isSameRef(context: SourceContext, source: ResourceId): boolean {
  const { entry } = context;
  const own = entry.ref ?? refOf(context, entry.source);
  const other = refOf(context, source) ?? 'branch master';
  return own === undefined ? other === 'branch main' || other === 'branch master' : own === other;
}

function refOf(context: SourceContext, source: ResourceId): string | undefined {
  return describeRef(objectAt(standingSource(context, source)?.value, 'spec', 'ref'));
}

function holdsAllPaths(index: ClusterIndex, source: ResourceId, tree: SourceTree): boolean {
  const paths = index
    .objectsOf(kustomizeGroup, 'Kustomization')
    .filter(
      (object) => object.resource !== undefined && stringAt(object.value, 'spec', 'sourceRef', 'name') === source.name,
    )
    .map((object) => joinPath('', (stringAt(object.value, 'spec', 'path') ?? '').replace(/^\/+/, '')));
  return (
    paths.length > 0 && paths.every((path) => path !== undefined && path !== '' && tree.stat(path) === 'directory')
  );
}

function urlOf(context: SourceContext, source: ResourceId): string | undefined {
  const url = stringAt(standingSource(context, source)?.value, 'spec', 'url');
  return url === undefined ? undefined : normalizeUrl(url);
}
