import { type RenderedObject, type SourceTree } from '../../build/build';
import { isUnknownAt } from '../../build/unknown';
import { isUnknownPlace } from '../../build/unknown-places';
import { type FilePath } from '../../model/file-path';
import { type EntryKind } from '../../model/ports';
import { objectAt, stringAt } from '../../model/json';
import { nearest } from '../../model/nearest';
import { type RenderedCluster } from '../../workspace/cluster';
import { isSuspended } from '../reference/missing-target';

export const kustomizationKind = 'kustomize.toolkit.fluxcd.io/Kustomization';
export const specPath = ['spec', 'path'] as const;

/** A Kustomization whose path and whose source's files are both known. */
export interface AppliedPath {
  readonly written: string;
  /** Folder inside the artifact, `..` stopped at its root as the controller does (securejoin). */
  readonly path: FilePath;
  readonly tree: SourceTree;
  readonly is: EntryKind;
  /** The written path climbs out of the root, or starts at it. */
  readonly climbs: boolean;
}

/** undefined when the path is not written or not known, or the files of the source are not in this repository. */
export function appliedPath(object: RenderedObject, cluster: RenderedCluster): AppliedPath | undefined {
  const written = stringAt(object.value, ...specPath);
  if (written === undefined || written.trim() === '' || written.includes('${')) return undefined;
  if (isUnknownAt(object.unknown, specPath)) return undefined;
  const tree = treeOf(object, cluster);
  if (tree === undefined) return undefined;
  const { path, climbs } = stopAtRoot(written);
  if (isUnknownPlace(tree, path)) return undefined;
  return { written, path, tree, is: path === '' ? 'directory' : tree.stat(path), climbs };
}

/** The files a Kustomization reads; undefined when they are not known. */
export function treeOf(object: RenderedObject, cluster: RenderedCluster): SourceTree | undefined {
  if (isUnknownAt(object.unknown, ['spec', 'sourceRef'])) return undefined;
  if (isUnknownAt(object.unknown, ['metadata', 'namespace'])) return undefined;
  if (objectAt(object.value, 'spec', 'sourceRef') === undefined) return undefined;
  return cluster.kustomization(object.key)?.tree;
}

/** A path as the controller reads it: `..` never leaves the artifact, a leading `/` is its root. */
function stopAtRoot(written: string): { path: FilePath; climbs: boolean } {
  const parts: string[] = [];
  let climbs = written.startsWith('/');
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) climbs = true;
  }
  return { path: parts.join('/'), climbs };
}

/** The folder that differs from `path` in letter case only. */
export function differsByCase(tree: SourceTree, path: FilePath): FilePath | undefined {
  return follow(tree, path, (name, names) => {
    const lower = name.toLowerCase();
    return names.includes(name) ? name : names.find((other) => other.toLowerCase() === lower);
  });
}

/** The folder the author most likely meant: each wrong part nearly right, or the whole below one top folder. */
export function nearestDirectory(tree: SourceTree, path: FilePath): FilePath | undefined {
  const corrected = follow(tree, path, (name, names) => (names.includes(name) ? name : nearest(name, names, 1)[0]));
  if (corrected !== undefined) return corrected;
  const below = directories(tree, '').map((top) => `${top}/${path}`);
  const found = below.filter((candidate) => tree.stat(candidate) === 'directory');
  return found.length === 1 ? found[0] : undefined;
}

function follow(
  tree: SourceTree,
  path: FilePath,
  choose: (name: string, names: readonly string[]) => string | undefined,
): FilePath | undefined {
  let here = '';
  for (const part of path.split('/')) {
    const name = choose(part, directories(tree, here));
    if (name === undefined) return undefined;
    here = here === '' ? name : `${here}/${name}`;
  }
  return here;
}

function directories(tree: SourceTree, directory: FilePath): string[] {
  const entries = tree.list(directory) ?? [];
  return entries.filter(({ kind }) => kind === 'directory').map(({ name }) => name);
}

/** A suspended Kustomization fails only when it is resumed; one whose files are a guess may be right. */
export function severityForPath(
  object: RenderedObject,
  { tree }: AppliedPath,
): { readonly severity?: 'warning'; readonly certainty?: 'possible' } {
  if (tree.isGuessed) return { severity: 'warning', certainty: 'possible' };
  return isSuspended(object) ? { severity: 'warning' } : {};
}

/** The path in the form authors write it. */
export const asWritten = (path: FilePath): string => `./${path}`;
