import { type SourceTree } from '../../build/build';
import { folderContent, leaveOut } from '../../build/folder-tree';
import { type Include, withIncludes } from '../../build/included-content';
import { type IgnoreInputs } from '../../build/source-ignore';
import { directoryOf, type FilePath, isWithin, joinPath } from '../../model/file-path';
import { itemsAt, type JsonObject, type JsonValue, objectAt, stringAt } from '../../model/json';
import { type ResourceId, resourceKey } from '../../model/resource-id';
import { artifactPath } from './artifact-path';
import { type ClusterIndex } from '../cluster-index';
import { type EntryPoint, type ServedFolder } from '../entry-point';
import { type Repository } from '../repository';
import { standingSource } from './standing-source';

/** Finds the files behind a source; undefined when they are not in this repository or not known. */
export type TreeOf = (source: ResourceId) => SourceTree | undefined;

interface ServedFrom {
  readonly repository: Repository;
  readonly entry: EntryPoint;
  readonly index: ClusterIndex;
}

/**
 * The artifact of a source that serves a folder of the repository, with what it includes and without what it ignores.
 * Includes arrive before the ignore rules are read and applied (source-controller gitrepository_controller.go:
 * reconcileInclude, then reconcileArtifact), so rules of both sides shape what is included; ignore files that come along
 * were applied already.
 * @returns undefined when nothing at all is known of it
 */
export function serveFolder(
  from: ServedFrom,
  source: ResourceId,
  { folder: prefix, isGuessed, pushed }: ServedFolder,
  treeOf: TreeOf,
): SourceTree | undefined {
  const { repository } = from;
  const spec = specOf(from, source);
  const files = folderContent(repository, prefix, isGuessed);
  const own = pushed === undefined || pushed.ignore === '' ? files : leaveOut(files, patternsOnly(pushed.ignore));
  const ignore = ignoreOf(repository, prefix, spec);
  const includes = includesOf(from, source, spec, treeOf);
  if (includes.length === 0) return leaveOut(own, ignore);
  const { sparse } = ignore;
  const isCheckedOut = (path: FilePath): boolean =>
    sparse === undefined || own.stat(path) === 'file' || sparse.some((folder) => overlap(path, folder));
  const content = withIncludes(own, includes, isCheckedOut);
  if (content.unknown.includes('')) return undefined;
  return leaveOut(content, {
    ...ignore,
    sparse: sparse && [...sparse, ...includes.map(({ to }) => to)],
  });
}

const patternsOnly = (spec: string): IgnoreInputs => ({ files: [], spec, sparse: undefined });

const overlap = (a: FilePath, b: FilePath): boolean => isWithin(a, b) || isWithin(b, a);

/** Spec of a source as rendered, or as declared beside the sync. */
function specOf(from: ServedFrom, source: ResourceId): JsonObject | undefined {
  const { entry } = from;
  const rendered = objectAt(standingSource(from, source)?.value, 'spec');
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

function includesOf(from: ServedFrom, source: ResourceId, spec: JsonObject | undefined, treeOf: TreeOf): Include[] {
  return includeItems(source, spec).map(({ repository, item }) => {
    const written = stringAt(item, 'toPath') ?? '';
    return {
      // Each waits for the artifact of the other, so neither is ever made.
      tree: leadsTo(from, repository, source) ? undefined : treeOf(repository),
      from: artifactPath(stringAt(item, 'fromPath') ?? ''),
      to: artifactPath(written === '' ? repository.name : written),
    };
  });
}

interface IncludeItem {
  readonly repository: ResourceId;
  readonly item: JsonValue;
}

function includeItems(source: ResourceId, spec: JsonObject | undefined): IncludeItem[] {
  if (source.kind !== 'GitRepository') return [];
  return itemsAt(spec, 'include').flatMap((item) => {
    const name = stringAt(item, 'repository', 'name');
    return name === undefined ? [] : [{ repository: { ...source, name }, item }];
  });
}

/** The repositories that a GitRepository includes itself. */
export function includedBy(from: ServedFrom, source: ResourceId): readonly ResourceId[] {
  return includeItems(source, specOf(from, source)).map(({ repository }) => repository);
}

/** True when a repository is another one or includes it, over others or not. */
function leadsTo(from: ServedFrom, repository: ResourceId, target: ResourceId): boolean {
  const found = new Map([[repository.name, repository]]);
  // What is added on the way is visited too.
  for (const next of found.values()) {
    if (next.name === target.name) return true;
    for (const included of includedBy(from, next)) if (!found.has(included.name)) found.set(included.name, included);
  }
  return false;
}
