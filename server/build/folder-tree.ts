import { type FilePath, isWithin, joinPath } from '../model/file-path';
import { type EntryKind } from '../model/ports';
import { type Steps } from '../model/steps';
import { type SourceTree } from './build';
import { type IgnoreInputs, readIgnore } from './source-ignore';

/** Files by their paths in an artifact, before a source leaves any out. */
export type SourceContent = Omit<SourceTree, 'isLeftOut' | 'leavesOut'>;

/** What of a repository a folder of it serves. */
export type FolderFiles = Pick<SourceTree, 'list' | 'stat' | 'facts' | 'factsInSteps' | 'yaml' | 'read'>;

/** Facts of a file that is not there. */
export function* noFacts(): Steps<undefined> {
  yield;
  return undefined;
}

/** The files below a folder of the repository. */
export function folderContent(repository: FolderFiles, prefix: FilePath, isGuessed = false): SourceContent {
  // Paths inside an artifact are plain already, and asked for all the time.
  const at = (path: FilePath): FilePath => (path === '' ? prefix : prefix === '' ? path : `${prefix}/${path}`);
  return {
    identity: `${isGuessed ? 'guessed ' : ''}folder ${prefix}`,
    unknown: [],
    isGuessed,
    list: (directory) => repository.list(at(directory)),
    stat: (path) => repository.stat(at(path)),
    facts: (path) => repository.facts(at(path)),
    factsInSteps: (path) => repository.factsInSteps(at(path)),
    yaml: (path) => repository.yaml(at(path)),
    read: (path) => repository.read(at(path)),
    repositoryPath: at,
  };
}

/**
 * A source that serves a folder of the repository.
 * @param ignore what shapes its artifact; undefined serves every file.
 */
export function folderTree(repository: FolderFiles, prefix: FilePath, ignore?: IgnoreInputs): SourceTree {
  return leaveOut(folderContent(repository, prefix), ignore);
}

/** The artifact of a source: its content without what it leaves out. */
export function leaveOut(content: SourceContent, ignore: IgnoreInputs | undefined): SourceTree {
  const isLeftOut = ignore === undefined ? () => false : readIgnore(ignore);
  return {
    unknown: content.unknown,
    isGuessed: content.isGuessed,
    repositoryPath: (path) => content.repositoryPath(path),
    identity: `${content.identity} ${ignore === undefined ? '' : JSON.stringify(ignore)}`,
    list: (directory) =>
      content.list(directory)?.filter(({ name, kind }) => {
        // A folder whose files are all left out is empty, which is as good as missing where folders are walked.
        return kind === 'directory' || !isLeftOut(joinPath(directory, name) ?? name);
      }),
    stat: (path): EntryKind => {
      const kind = content.stat(path);
      return kind === 'file' && isLeftOut(path) ? 'missing' : kind;
    },
    facts: (path) => (isLeftOut(path) ? undefined : content.facts(path)),
    factsInSteps: (path) => (isLeftOut(path) ? noFacts() : content.factsInSteps(path)),
    yaml: (path) => (isLeftOut(path) ? undefined : content.yaml(path)),
    read: (path) => (isLeftOut(path) ? { kind: 'missing' } : content.read(path)),
    isLeftOut: (path) => content.stat(path) === 'file' && isLeftOut(path),
    leavesOut: (directory) => {
      if (ignore === undefined || content.unknown.some((place) => isWithin(place, directory))) return false;
      let count = 0;
      for (const file of filesIn((folder) => content.list(folder), directory)) {
        if (!isLeftOut(file)) return false;
        count++;
      }
      return count > 0;
    },
  };
}

/** Every file below a folder. */
export function* filesIn(list: SourceTree['list'], directory: FilePath): Iterable<FilePath> {
  for (const entry of list(directory) ?? []) {
    const path = joinPath(directory, entry.name) ?? entry.name;
    if (entry.kind === 'file') yield path;
    else yield* filesIn(list, path);
  }
}

/** The tree of a source that exists nowhere: nothing is in it. */
export const missingTree: SourceTree = {
  identity: 'missing',
  unknown: [],
  isGuessed: false,
  list: () => undefined,
  stat: () => 'missing',
  facts: () => undefined,
  factsInSteps: noFacts,
  yaml: () => undefined,
  read: () => ({ kind: 'missing' }),
  isLeftOut: () => false,
  leavesOut: () => false,
  repositoryPath: () => undefined,
};
