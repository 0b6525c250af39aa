import { baseName, directoryOf, type FilePath, joinPath } from '../model/file-path';
import { type EntryKind } from '../model/ports';
import { type Steps } from '../model/steps';
import { type SourceTree } from './build';
import { isGlob, matchesGlob, matchesPart } from './glob';
import { type IgnoreInputs, readIgnore } from './source-ignore';

function* missing(): Steps<undefined> {
  yield;
  return undefined;
}

/**
 * A source that serves a folder of the repository.
 * @param ignore what shapes its artifact; undefined serves every file.
 */
export function folderTree(
  repository: Omit<SourceTree, 'repositoryPath' | 'identity' | 'isLeftOut' | 'leavesOut'>,
  prefix: FilePath,
  ignore?: IgnoreInputs,
): SourceTree {
  // Paths inside an artifact are plain already, and asked for all the time.
  const at = (path: FilePath): FilePath => (path === '' ? prefix : prefix === '' ? path : `${prefix}/${path}`);
  const isLeftOut = ignore === undefined ? () => false : readIgnore(ignore);
  const stat = (path: FilePath): EntryKind => {
    const kind = repository.stat(at(path));
    return kind === 'file' && isLeftOut(path) ? 'missing' : kind;
  };
  return {
    identity: `folder ${prefix} ${ignore === undefined ? '' : JSON.stringify(ignore)}`,
    list: (directory) =>
      repository.list(at(directory))?.filter(({ name, kind }) => {
        // A folder whose files are all left out is empty, which is as good as missing where folders are walked.
        return kind === 'directory' || !isLeftOut(joinPath(directory, name) ?? name);
      }),
    stat,
    facts: (path) => (isLeftOut(path) ? undefined : repository.facts(at(path))),
    factsInSteps: (path) => (isLeftOut(path) ? missing() : repository.factsInSteps(at(path))),
    yaml: (path) => (isLeftOut(path) ? undefined : repository.yaml(at(path))),
    read: (path) => (isLeftOut(path) ? { kind: 'missing' } : repository.read(at(path))),
    isLeftOut: (path) => repository.stat(at(path)) === 'file' && isLeftOut(path),
    leavesOut: (directory) => {
      if (ignore === undefined) return false;
      const files = filesIn((folder) => repository.list(at(folder)), directory);
      let count = 0;
      for (const file of files) {
        if (!isLeftOut(file)) return false;
        count++;
      }
      return count > 0;
    },
    repositoryPath: at,
  };
}

/** The tree of a source that exists nowhere: nothing is in it. */
export const missingTree: SourceTree = {
  identity: 'missing',
  list: () => undefined,
  stat: () => 'missing',
  facts: () => undefined,
  factsInSteps: missing,
  yaml: () => undefined,
  read: () => ({ kind: 'missing' }),
  isLeftOut: () => false,
  leavesOut: () => false,
  repositoryPath: () => undefined,
};

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

function* filesIn(list: SourceTree['list'], directory: FilePath): Iterable<FilePath> {
  for (const entry of list(directory) ?? []) {
    const path = joinPath(directory, entry.name) ?? entry.name;
    if (entry.kind === 'file') yield path;
    else yield* filesIn(list, path);
  }
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
      return place?.tree.factsInSteps(place.path) ?? missing();
    },
    yaml: (path) => {
      const place = files.get(path);
      return place?.tree.yaml(place.path);
    },
    read: (path) => {
      const place = files.get(path);
      return place?.tree.read(place.path) ?? { kind: 'missing' };
    },
    isLeftOut: () => false,
    leavesOut: () => false,
    repositoryPath,
  };
}
