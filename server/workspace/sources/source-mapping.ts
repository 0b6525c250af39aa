import { type SourceTree } from '../../build/build';
import { isUnknownPlace } from '../../build/unknown-places';
import { type FilePath } from '../../model/file-path';
import { objectAt, stringAt } from '../../model/json';
import { type ResourceId, resourceKey } from '../../model/resource-id';
import { artifactPath } from './artifact-path';
import { type ClusterIndex } from '../cluster-index';
import { describeRef, type EntryPoint, kustomizeGroup, type ServedFolder } from '../entry-point';
import { countPaths, isClearMajority } from './paths-that-exist';
import { type Pushes, pushedTo } from './pushed-artifacts';
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

/** What says which sources are this repository. */
export interface MappingInputs {
  readonly entry: EntryPoint;
  readonly index: ClusterIndex;
  /** Normalised URLs under which this repository is known. */
  readonly remotes: readonly string[] | undefined;
  /** Sources mapped by configuration, `Kind/namespace/name` → folder. */
  readonly mapped: Readonly<Record<string, FilePath>>;
  readonly pushes: Pushes;
}

/**
 * The folder of this repository that a source serves; undefined when nothing says that it serves one.
 * @param serve the files of a folder as the source would have them
 */
export function mappingOf(
  inputs: MappingInputs,
  source: ResourceId,
  serve: (served: ServedFolder) => SourceTree | undefined,
): ServedFolder | undefined {
  const { entry, index, remotes, mapped } = inputs;
  const folder = mapped[`${source.kind}/${source.namespace}/${source.name}`];
  if (folder !== undefined) return { folder, by: 'configuration', isGuessed: false, pushed: undefined };
  if (resourceKey(source) === resourceKey(entry.source)) return entry.served;
  const url = urlOf(inputs, source);
  if (url === undefined) return undefined;
  const own = entry.url === undefined ? urlOf(inputs, entry.source) : normalizeUrl(entry.url);
  const isGit = source.kind === 'GitRepository';
  const here: ServedFolder = isGit ? { folder: '', by: 'url', isGuessed: false, pushed: undefined } : entry.served;
  const isOwn = url === own || remotes?.includes(url) === true;
  if (isOwn && isSameRef(inputs, source)) return here;
  const pushed =
    source.kind === 'OCIRepository' ? pushedTo(inputs.pushes, url, tagOf(inputs, source), false) : undefined;
  if (pushed !== undefined) return { folder: pushed.folder, by: 'push', isGuessed: false, pushed };
  // Nothing says what this repository is called: it is this one if everything read from it stands here.
  if (isOwn || own !== undefined || remotes !== undefined) return undefined;
  const guess: ServedFolder = { ...here, by: 'paths', isGuessed: false };
  const tree = serve(guess);
  const count = tree === undefined ? undefined : countIn(index, source, tree);
  if (count === undefined || count.present === 0) return undefined;
  if (count.absent === 0) return guess;
  return isClearMajority(count) ? { ...guess, isGuessed: true } : undefined;
}

/** False for another branch or tag of this repository, whose files are not those at hand. */
function isSameRef(inputs: MappingInputs, source: ResourceId): boolean {
  const { entry } = inputs;
  const own = entry.ref ?? refOf(inputs, entry.source);
  const other = refOf(inputs, source) ?? 'branch master';
  return own === undefined ? other === 'branch main' || other === 'branch master' : own === other;
}

function refOf(inputs: MappingInputs, source: ResourceId): string | undefined {
  return describeRef(objectAt(standingSource(inputs, source)?.value, 'spec', 'ref'));
}

/** The tag that an OCIRepository reads; undefined when it reads whatever is newest in a range, or one digest. */
function tagOf(inputs: MappingInputs, source: ResourceId): string | undefined {
  const ref = objectAt(standingSource(inputs, source)?.value, 'spec', 'ref');
  const isFixed = stringAt(ref, 'digest') !== undefined || stringAt(ref, 'semver') !== undefined;
  return isFixed ? undefined : (stringAt(ref, 'tag') ?? 'latest');
}

/** undefined when the root is read, which says nothing. */
function countIn(index: ClusterIndex, source: ResourceId, tree: SourceTree): ReturnType<typeof countPaths> | undefined {
  const paths = index
    .objectsOf(kustomizeGroup, 'Kustomization')
    .filter(({ resource, value }) => {
      const kind = stringAt(value, 'spec', 'sourceRef', 'kind');
      return (
        resource !== undefined && kind === source.kind && stringAt(value, 'spec', 'sourceRef', 'name') === source.name
      );
    })
    .map(({ value }) => artifactPath(stringAt(value, 'spec', 'path') ?? ''));
  if (paths.includes('')) return undefined;
  const known = paths.filter((path) => !isUnknownPlace(tree, path));
  return countPaths(known, (path) => tree.stat(path) === 'directory');
}

function urlOf(inputs: MappingInputs, source: ResourceId): string | undefined {
  const url = stringAt(standingSource(inputs, source)?.value, 'spec', 'url');
  return url === undefined ? undefined : normalizeUrl(url);
}
