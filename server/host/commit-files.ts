import { directoryOf, type FilePath, joinPath } from '../model/file-path';
import { type DirectoryEntry, type EntryKind, type Files, type ReadResult } from '../model/ports';

/** A file of a commit. */
export interface CommitEntry {
  readonly hash: string;
  /** In bytes. */
  readonly size: number;
  /** Its content is the path that it leads to. */
  readonly isLink: boolean;
}

// As many as Linux follows.
const mostLinks = 40;
// Folders that link to each other can make a tree grow without end.
const mostEntries = 200_000;

type Folder = ReadonlyMap<string, Folder | CommitEntry>;

const isFolder = (node: Folder | CommitEntry | undefined): node is Folder => node !== undefined && !('hash' in node);

/**
 * The files of a commit. Links inside it are followed as on disk; what leads out of it does not exist.
 * @param entries every file by its path
 */
export function createCommitFiles(
  entries: ReadonlyMap<FilePath, CommitEntry>,
  read: (entry: CommitEntry) => ReadResult,
): Files {
  const root = folderOf(entries);
  const targetOf = (path: FilePath, link: CommitEntry): FilePath | undefined => {
    const content = read(link);
    if (content.kind !== 'text' || content.text.startsWith('/')) return undefined;
    return joinPath(directoryOf(path), content.text);
  };
  const find = (path: FilePath, links = 0): Folder | CommitEntry | undefined => {
    let node: Folder | CommitEntry = root;
    const parts = path === '' ? [] : path.split('/');
    for (const [index, part] of parts.entries()) {
      const next: Folder | CommitEntry | undefined = isFolder(node) ? node.get(part) : undefined;
      if (next === undefined) return undefined;
      if (isFolder(next) || !next.isLink) {
        node = next;
        continue;
      }
      const target = links < mostLinks ? targetOf(parts.slice(0, index + 1).join('/'), next) : undefined;
      const rest = parts.slice(index + 1);
      return target === undefined
        ? undefined
        : find([...(target === '' ? [] : [target]), ...rest].join('/'), links + 1);
    }
    return node;
  };
  const stat = (path: FilePath): EntryKind => {
    const node = find(path);
    return node === undefined ? 'missing' : isFolder(node) ? 'directory' : 'file';
  };
  const list = (directory: FilePath): DirectoryEntry[] => {
    const node = find(directory);
    if (!isFolder(node)) return [];
    const found = [...node.keys()].flatMap((name) => {
      const kind = stat(directory === '' ? name : `${directory}/${name}`);
      return kind === 'missing' ? [] : [{ name, kind }];
    });
    // A folder sorts as if its name ended in `/`, so that whole paths come out sorted.
    const order = ({ name, kind }: DirectoryEntry): string => (kind === 'file' ? name : `${name}/`);
    return found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  };
  let walked = 0;
  function* walk(directory: FilePath, above: readonly Folder[] = []): Iterable<FilePath> {
    const node = find(directory);
    if (!isFolder(node) || above.includes(node)) return;
    for (const { name, kind } of list(directory)) {
      const path = directory === '' ? name : `${directory}/${name}`;
      if (++walked > mostEntries) return;
      if (kind === 'file') yield path;
      else yield* walk(path, [...above, node]);
    }
  }
  return {
    walk(directory) {
      walked = 0;
      return walk(directory);
    },
    list,
    stat,
    stamp(path) {
      const node = find(path);
      return node === undefined || isFolder(node) ? undefined : { size: node.size, stamp: node.hash };
    },
    read(path) {
      const node = find(path);
      return node === undefined || isFolder(node) ? { kind: 'missing' } : read(node);
    },
  };
}

function folderOf(entries: ReadonlyMap<FilePath, CommitEntry>): Folder {
  type Open = Map<string, Open | CommitEntry>;
  const root: Open = new Map();
  for (const [path, entry] of entries) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      const next = folder.get(part);
      if (next instanceof Map) folder = next;
      else {
        const made: Open = new Map();
        folder.set(part, made);
        folder = made;
      }
    }
    folder.set(name, entry);
  }
  return root;
}
