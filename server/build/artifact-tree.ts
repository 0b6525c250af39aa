import { baseName, directoryOf, type FilePath, joinPath } from '../model/file-path';
import { type EntryKind } from '../model/ports';
import { type SourceTree } from './build';
import { filesIn, noFacts } from './folder-tree';
import { isGlob, matchesGlob, matchesPart } from './glob';
import { holdsUnknownPlace, isUnknownPlace } from './unknown-places';

/** One copy of an ArtifactGenerator: `from` inside the source, `to` inside the artifact. */
export interface Copy {
  readonly tree: SourceTree;
  readonly from: string;
  readonly to: string;
  readonly exclude: readonly string[];
  /** A file that stands there already is merged with, not replaced. */
  readonly merges: boolean;
}

interface Place {
  readonly tree: SourceTree;
  readonly path: FilePath;
}

/** A file that a copy takes, and where it goes; `isNamed`: it is itself what the copy names, not part of a folder. */
interface Copied {
  readonly path: FilePath;
  readonly target: FilePath;
  readonly isNamed: boolean;
}

/**
 * Files that a copy puts into the artifact. A folder arrives under its own name, whether or not slashes follow; a file
 * keeps its name where a folder is meant or stands already; what a pattern matches keeps its whole path, unless the
 * pattern ends in a double star (source-watcher 2.3 internal/builder/builder.go: applySingleDirectoryCopy,
 * applySingleFileCopy, calculateGlobDestination).
 */
function* copied({ tree, from, to }: Copy, isFolder: (path: FilePath) => boolean): Iterable<Copied> {
  const target = joinPath('', to) ?? '';
  const list = (folder: FilePath): ReturnType<SourceTree['list']> => tree.list(folder);
  const place = (path: FilePath, base: FilePath): FilePath =>
    joinPath(target, base === '' ? path : path.slice(base.length + 1)) ?? path;
  if (!isGlob(from)) {
    const start = joinPath('', from) ?? '';
    if (tree.stat(start) === 'file') {
      const keepsName = to.endsWith('/') || isFolder(target);
      yield { path: start, target: keepsName ? place(baseName(start), '') : target, isNamed: true };
      return;
    }
    const base = directoryOf(start);
    for (const path of filesIn(list, start)) yield { path, target: place(path, base), isNamed: false };
    return;
  }
  const base = from.endsWith('/**') ? (joinPath('', from.slice(0, -3)) ?? '') : '';
  for (const match of matchesOf(tree, from)) {
    if (tree.stat(match) === 'file') yield { path: match, target: place(match, base), isNamed: true };
    else for (const path of filesIn(list, match)) yield { path, target: place(path, base), isNamed: false };
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

/** True when a copy takes, or may take, something that is not known. */
function takesUnknown({ tree, from }: Copy): boolean {
  const parts = from.split('/');
  const glob = parts.findIndex(isGlob);
  const start = joinPath('', parts.slice(0, glob < 0 ? parts.length : glob).join('/')) ?? '';
  return isUnknownPlace(tree, start) || holdsUnknownPlace(tree, start);
}

/** Two hashes of 32 bits (FNV-1a), enough to tell one listing of a tree from the next. */
function digest(texts: Iterable<string>): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const text of texts) {
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : 0x110000;
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b);
    }
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}

/**
 * The artifact of an ArtifactGenerator: later copies stand over earlier ones.
 * @returns undefined when a copy takes something that is not known
 */
export function artifactTree(copies: readonly Copy[]): SourceTree | undefined {
  if (copies.some(takesUnknown)) return undefined;
  // What comes of two files is not read.
  const merged = new Set<FilePath>();
  const files = new Map<FilePath, Place>();
  const directories = new Map<FilePath, Map<string, 'file' | 'directory'>>([['', new Map()]]);
  for (const copy of copies) {
    for (const { path, target, isNamed } of copied(copy, (folder) => directories.has(folder))) {
      if (copy.exclude.some((pattern) => matchesGlob(pattern, path) || matchesGlob(pattern, baseName(path)))) continue;
      if (copy.merges && isNamed && files.has(target)) merged.add(target);
      else merged.delete(target);
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
  for (const path of merged) {
    files.delete(path);
    directories.get(directoryOf(path))?.delete(baseName(path));
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
  const listing = digest([...files].map(([target, { path }]) => `${target}\n${path}`));
  return {
    identity: `artifact ${listing} ${identity.join('; ')}`,
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
    unknown: [...merged],
    isGuessed: copies.some(({ tree }) => tree.isGuessed),
    isLeftOut: () => false,
    leavesOut: () => false,
    repositoryPath,
  };
}
