import { baseName, directoryOf, type FilePath, joinPath } from '../model/file-path';
import { type EntryKind } from '../model/ports';
import { type SourceTree } from './build';
import { filesIn, noFacts } from './folder-tree';
import { isGlob, matchesGlob, matchesPart } from './glob';

/** One copy of an ArtifactGenerator: `from` inside the source, `to` inside the artifact. */
export interface Copy {
  readonly tree: SourceTree;
  readonly from: string;
  readonly to: string;
  readonly exclude: readonly string[];
}

interface Place {
  readonly tree: SourceTree;
  readonly path: FilePath;
}

/** Files of a file or folder, and the folder that their new paths are counted from. */
function* filesAt(tree: SourceTree, path: FilePath): Iterable<FilePath> {
  if (tree.stat(path) === 'file') yield path;
  else yield* filesIn((folder) => tree.list(folder), path);
}

/**
 * Files that a copy puts into the artifact. A folder arrives under its own name, whether or not slashes follow;
 * what a pattern matches keeps its whole path, unless the pattern ends in a double star (source-watcher 2.3
 * internal/builder/builder.go: applySingleDirectoryCopy, calculateGlobDestination).
 */
function* copied({ tree, from, to }: Copy): Iterable<readonly [FilePath, FilePath]> {
  const target = joinPath('', to) ?? '';
  const place = (path: FilePath, base: FilePath): FilePath =>
    joinPath(target, base === '' ? path : path.slice(base.length + 1)) ?? path;
  if (!isGlob(from)) {
    const start = joinPath('', from) ?? '';
    if (tree.stat(start) === 'file') {
      yield [start, to === '' || to.endsWith('/') ? place(baseName(start), '') : target];
      return;
    }
    for (const path of filesIn((folder) => tree.list(folder), start)) yield [path, place(path, directoryOf(start))];
    return;
  }
  const base = from.endsWith('/**') ? (joinPath('', from.slice(0, -3)) ?? '') : '';
  for (const match of matchesOf(tree, from)) {
    for (const path of filesAt(tree, match)) yield [path, place(path, base)];
  }
}

/** Paths that match a pattern part by part, as Go's fs.Glob does: a double star is a star. */
function matchesOf(tree: SourceTree, pattern: string): FilePath[] {
  let found: FilePath[] = [''];
  for (const part of pattern.split('/').filter((text) => text !== '')) {
    found = found.flatMap((directory) =>
      (tree.list(directory) ?? [])
        .filter((entry) => matchesPart(part, entry.name))
        .map((entry) => joinPath(directory, entry.name) ?? entry.name),
    );
  }
  return found;
}

/** The artifact of an ArtifactGenerator: later copies stand over earlier ones. */
export function artifactTree(copies: readonly Copy[]): SourceTree {
  const files = new Map<FilePath, Place>();
  const directories = new Map<FilePath, Map<string, 'file' | 'directory'>>([['', new Map()]]);
  for (const copy of copies) {
    for (const [path, target] of copied(copy)) {
      if (copy.exclude.some((pattern) => matchesGlob(pattern, path) || matchesGlob(pattern, baseName(path)))) continue;
      files.set(target, { tree: copy.tree, path });
      let kind: 'file' | 'directory' = 'file';
      for (let at = target; at !== ''; at = directoryOf(at)) {
        const parent = directoryOf(at);
        const names = directories.get(parent) ?? new Map<string, 'file' | 'directory'>();
        names.set(baseName(at), kind);
        directories.set(parent, names);
        kind = 'directory';
      }
    }
  }
  const stat = (path: FilePath): EntryKind =>
    files.has(path) ? 'file' : directories.has(path) ? 'directory' : 'missing';
  const repositoryPath = (path: FilePath): FilePath | undefined => {
    const place = files.get(path);
    if (place !== undefined) return place.tree.repositoryPath(place.path);
    // A folder stands for that of its first file.
    const [first] = directories.get(path)?.keys() ?? [];
    const below = first === undefined || first === '' ? undefined : repositoryPath(joinPath(path, first) ?? first);
    return below === undefined ? undefined : directoryOf(below);
  };
  const identity = copies.map(({ tree, from, to, exclude }) => [tree.identity, from, to, ...exclude].join(' '));
  return {
    identity: `artifact ${identity.join('; ')}`,
    list: (directory) => {
      const names = directories.get(directory);
      if (names === undefined) return undefined;
      return [...names].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    stat,
    facts: (path) => {
      const place = files.get(path);
      return place?.tree.facts(place.path);
    },
    factsInSteps: (path) => {
      const place = files.get(path);
      return place?.tree.factsInSteps(place.path) ?? noFacts();
    },
    yaml: (path) => {
      const place = files.get(path);
      return place?.tree.yaml(place.path);
    },
    read: (path) => {
      const place = files.get(path);
      return place?.tree.read(place.path) ?? { kind: 'missing' };
    },
    unknown: [],
    isLeftOut: () => false,
    leavesOut: () => false,
    repositoryPath,
  };
}
