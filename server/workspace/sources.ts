import { type RenderedObject, type SourceTree } from '../build/build';
import { artifactTree, type Copy, folderTree } from '../build/source-trees';
import { type IgnoreInputs } from '../build/source-ignore';
import { directoryOf, type FilePath, isWithin, joinPath } from '../model/file-path';
import { itemsAt, type JsonObject, objectAt, stringAt } from '../model/json';
import { type ResourceId, resourceKey } from '../model/resource-id';
import { type ClusterIndex } from './cluster-index';
import { describeRef, type EntryPoint, kustomizeGroup, sourceGroup } from './entry-point';
import { type Repository } from './repository';

export const artifactGeneratorGroup = 'source.extensions.fluxcd.io';

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
  const treeOf = (source: ResourceId): SourceTree | undefined => {
    const key = resourceKey(source);
    if (!trees.has(key)) {
      // Set first: a generator that reads its own artifact must not loop.
      trees.set(key, undefined);
      trees.set(key, findTree(context, source, treeOf));
    }
    return trees.get(key);
  };
  return { treeOf };
}

function findTree(
  context: SourceContext,
  source: ResourceId,
  treeOf: (source: ResourceId) => SourceTree | undefined,
): SourceTree | undefined {
  const { repository, entry, index, remotes, mapped } = context;
  const folder = mapped[`${source.kind}/${source.namespace}/${source.name}`];
  const serve = (prefix: FilePath): SourceTree =>
    folderTree(repository, prefix, ignoreOf(repository, prefix, specOf(context, source)));
  if (folder !== undefined) return serve(folder);
  if (resourceKey(source) === resourceKey(entry.source)) return serve(entry.prefix);
  if (source.kind === 'ExternalArtifact') return treeOfArtifact(index, source, treeOf);
  const url = urlOf(index, source);
  if (url === undefined) return undefined;
  const own = entry.url === undefined ? urlOf(index, entry.source) : normalizeUrl(entry.url);
  const here = serve(source.kind === 'GitRepository' ? '' : entry.prefix);
  if (url === own || remotes?.includes(url) === true) return isSameRef(context, source) ? here : undefined;
  // Nothing says what this repository is called: it is this one if everything read from it stands here.
  const isNameless = own === undefined && remotes === undefined;
  return isNameless && holdsAllPaths(index, source, here) ? here : undefined;
}

/** Spec of a source as rendered, or as declared beside the sync. */
function specOf({ index, entry }: SourceContext, source: ResourceId): JsonObject | undefined {
  const found = index.find(source);
  const rendered = found.kind === 'found' ? objectAt(found.objects[0]?.value, 'spec') : undefined;
  return resourceKey(source) === resourceKey(entry.source) ? (entry.sourceSpec ?? rendered) : rendered;
}

/** What shapes the artifact of a source that serves a folder. */
function ignoreOf(repository: Repository, prefix: FilePath, spec: JsonObject | undefined): IgnoreInputs {
  const files = repository.ignoreFiles
    .filter((file) => isWithin(file, prefix))
    .map((file) => ({ directory: relativeTo(prefix, directoryOf(file)), text: repository.text(file) ?? '' }));
  const sparse = itemsAt(spec, 'sparseCheckout').filter((folder) => typeof folder === 'string');
  return {
    files,
    spec: stringAt(spec, 'ignore'),
    sparse: sparse.length === 0 ? undefined : sparse.map((folder) => joinPath('', folder) ?? ''),
  };
}

const relativeTo = (prefix: FilePath, path: FilePath): FilePath =>
  prefix === '' ? path : path.slice(prefix.length + 1);

/** False for another branch or tag of this repository, whose files are not those at hand. */
function isSameRef({ index, entry }: SourceContext, source: ResourceId): boolean {
  const own = entry.ref ?? refOf(index, entry.source);
  const other = refOf(index, source) ?? 'branch master';
  return own === undefined ? other === 'branch main' || other === 'branch master' : own === other;
}

function refOf(index: ClusterIndex, source: ResourceId): string | undefined {
  const found = index.find(source);
  return found.kind === 'found' ? describeRef(objectAt(found.objects[0]?.value, 'spec', 'ref')) : undefined;
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

function urlOf(index: ClusterIndex, source: ResourceId): string | undefined {
  const found = index.find(source);
  const url = found.kind === 'found' ? stringAt(found.objects[0]?.value, 'spec', 'url') : undefined;
  return url === undefined ? undefined : normalizeUrl(url);
}

/** Artifacts that ArtifactGenerators make: their names, and where each stands in the generator. */
export function* artifactsOf(
  generator: RenderedObject,
): Iterable<{ readonly name: string; readonly position: number }> {
  for (const [position, artifact] of itemsAt(generator.value, 'spec', 'artifacts').entries()) {
    const name = stringAt(artifact, 'name');
    if (name !== undefined) yield { name, position };
  }
}

function treeOfArtifact(
  index: ClusterIndex,
  source: ResourceId,
  treeOf: (source: ResourceId) => SourceTree | undefined,
): SourceTree | undefined {
  for (const generator of index.objectsOf(artifactGeneratorGroup, 'ArtifactGenerator')) {
    if (generator.id.namespace !== source.namespace) continue;
    for (const { name, position } of artifactsOf(generator)) {
      if (name === source.name) return readGenerator(generator, position, treeOf);
    }
  }
  return undefined;
}

function readGenerator(
  generator: RenderedObject,
  position: number,
  treeOf: (source: ResourceId) => SourceTree | undefined,
): SourceTree | undefined {
  const spec = objectAt(generator.value, 'spec');
  const sources = new Map<string, SourceTree | undefined>();
  for (const item of itemsAt(spec, 'sources')) {
    const namespace = stringAt(item, 'namespace') ?? generator.id.namespace;
    const kind = stringAt(item, 'kind') ?? '';
    const id = { group: sourceGroup, kind, namespace, name: stringAt(item, 'name') ?? '' };
    sources.set(stringAt(item, 'alias') ?? '', treeOf(id));
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
