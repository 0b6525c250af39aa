import { baseName, directoryOf, type FilePath, isWithin } from '../model/file-path';
import { type EntryKind } from '../model/ports';
import { type SourceTree } from './build';
import { noFacts, type SourceContent } from './folder-tree';

/** One `include` of a GitRepository: what lies at `from` in another artifact arrives at `to`. */
export interface Include {
  /** undefined when the files of the included repository are not known. */
  readonly tree: SourceTree | undefined;
  readonly from: FilePath;
  readonly to: FilePath;
}

interface Mount {
  readonly tree: SourceTree;
  readonly from: FilePath;
  readonly to: FilePath;
}

/**
 * The content of a GitRepository with what it includes. An include is moved to its place, in order, and fails where a
 * folder stands there already (source-controller reconcileInclude; fluxcd/pkg artifact/storage CopyToPath): then no
 * artifact is made, and what a place shows that was made before is as little known as files of an unknown repository.
 * @param isCheckedOut whether the own content has the folder or file at a path.
 */
export function withIncludes(
  own: SourceContent,
  includes: readonly Include[],
  isCheckedOut: (path: FilePath) => boolean,
): SourceContent {
  const mounts: Mount[] = [];
  const unknown: FilePath[] = [];
  for (const { tree, from, to } of includes) {
    const content = new Included(own, mounts, unknown);
    const there = mounts.some((mount) => isWithin(to, mount.to)) || isCheckedOut(to) ? content.stat(to) : 'missing';
    const isFree = there === 'missing' || (there === 'file' && tree?.stat(from) === 'file');
    const isBelowFile = foldersAbove(to).some((folder) => content.stat(folder) === 'file');
    const isBelowUnknown = unknown.some((place) => isWithin(to, place));
    if (tree === undefined || tree.stat(from) === 'missing' || !isFree || isBelowFile || isBelowUnknown) {
      unknown.push(to);
      continue;
    }
    mounts.push({ tree, from, to });
    for (const place of tree.unknown) {
      if (isWithin(from, place)) unknown.push(to);
      else if (isWithin(place, from)) unknown.push(`${to}/${from === '' ? place : place.slice(from.length + 1)}`);
    }
  }
  return new Included(own, mounts, unknown);
}

function foldersAbove(path: FilePath): FilePath[] {
  const folders: FilePath[] = [];
  for (let at = directoryOf(path); at !== ''; at = directoryOf(at)) folders.push(at);
  return folders;
}

/** Looks each path up in the newest include that covers it, else in the repository's own content. */
class Included implements SourceContent {
  readonly identity: string;
  readonly isGuessed: boolean;

  constructor(
    private readonly own: SourceContent,
    private readonly mounts: readonly Mount[],
    readonly unknown: readonly FilePath[],
  ) {
    this.isGuessed = own.isGuessed || mounts.some(({ tree }) => tree.isGuessed);
    const parts = mounts.map(({ tree, from, to }) => `include ${tree.identity} ${from} ${to}`);
    this.identity = [own.identity, ...parts, `unknown ${unknown.join(' ')}`].join('; ');
  }

  #behind(path: FilePath): { readonly content: SourceContent; readonly path: FilePath } | undefined {
    if (this.unknown.some((place) => isWithin(path, place))) return undefined;
    const mount = this.mounts.findLast(({ to }) => isWithin(path, to));
    if (mount === undefined) return { content: this.own, path };
    const rest = path.slice(mount.to.length + 1);
    return { content: mount.tree, path: [mount.from, rest].filter((part) => part !== '').join('/') };
  }

  /** Names that includes put right into a folder. */
  #mountedIn(directory: FilePath): Map<string, 'file' | 'directory'> {
    const names = new Map<string, 'file' | 'directory'>();
    const start = directory === '' ? 0 : directory.length + 1;
    for (const { tree, from, to } of this.mounts) {
      if (to === directory || !isWithin(to, directory)) continue;
      const name = to.slice(start).split('/')[0] ?? '';
      const kind = to === `${to.slice(0, start)}${name}` ? tree.stat(from) : 'directory';
      if (kind !== 'missing') names.set(name, kind);
    }
    for (const place of this.unknown) {
      const name = place === directory || !isWithin(place, directory) ? undefined : place.slice(start).split('/')[0];
      // The folders on the way to it are made for it.
      if (name !== undefined && place !== `${place.slice(0, start)}${name}`) names.set(name, 'directory');
    }
    return names;
  }

  list(directory: FilePath): ReturnType<SourceContent['list']> {
    const behind = this.#behind(directory);
    const known = behind?.content.list(behind.path);
    const mounted = this.#mountedIn(directory);
    if (known === undefined && mounted.size === 0) return undefined;
    const names = new Map([...(known ?? []).map(({ name, kind }) => [name, kind] as const), ...mounted]);
    return [...names].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  stat(path: FilePath): EntryKind {
    const behind = this.#behind(path);
    const kind = behind?.content.stat(behind.path) ?? 'missing';
    return kind === 'missing' && this.#mountedIn(directoryOf(path)).get(baseName(path)) === 'directory'
      ? 'directory'
      : kind;
  }

  facts(path: FilePath): ReturnType<SourceContent['facts']> {
    const behind = this.#behind(path);
    return behind?.content.facts(behind.path);
  }

  factsInSteps(path: FilePath): ReturnType<SourceContent['factsInSteps']> {
    const behind = this.#behind(path);
    return behind?.content.factsInSteps(behind.path) ?? noFacts();
  }

  yaml(path: FilePath): ReturnType<SourceContent['yaml']> {
    const behind = this.#behind(path);
    return behind?.content.yaml(behind.path);
  }

  read(path: FilePath): ReturnType<SourceContent['read']> {
    const behind = this.#behind(path);
    return behind?.content.read(behind.path) ?? { kind: 'missing' };
  }

  repositoryPath(path: FilePath): FilePath | undefined {
    const behind = this.#behind(path);
    return behind?.content.repositoryPath(behind.path);
  }
}
