import { type Dirent, readdirSync } from 'node:fs';
import { type FilePath } from '../model/file-path';
import { type DirectoryEntry, type Files, type FileStamp, type ReadResult } from '../model/ports';
import { below, isGitFolder, Links, type Located } from './links';
import { failure, isLinkRefusal, TextReader } from './read-text';

// Folders that link to each other can make a tree grow without end though no path ever returns to where it came from.
const maxEntriesThroughLinks = 20_000;

/**
 * The files below a folder of this machine. Links inside the root are followed unless they lead back to where the
 * path came from; links out of the root, `.git`, and what is neither file nor folder do not exist. Never throws: a
 * folder that cannot be listed is empty.
 * @param root absolute path of an existing folder.
 */
export function createNodeFiles(root: string): Files {
  const links = new Links(root);
  const reader = new TextReader();
  return {
    walk: (directory) => walk(links, directory),
    list: (directory) => {
      const real = links.folder(directory);
      return real === undefined ? [] : entriesOf(links, real).map(({ name, kind }) => ({ name, kind }));
    },
    stat(path) {
      const place = links.place(path);
      return kindOf(place === undefined ? undefined : links.locate(place)) ?? 'missing';
    },
    stamp(path) {
      const place = links.place(path);
      const located = place === undefined ? undefined : links.locate(place);
      return located?.stats.isFile() === true ? stampOf(located) : undefined;
    },
    read: (path) => readFile(links, reader, path),
  };
}

function readFile(links: Links, reader: TextReader, path: FilePath): ReadResult {
  const place = links.place(path);
  if (place === undefined) return { kind: 'missing' };
  try {
    // Without O_NOFOLLOW (Windows) a link would be opened unseen.
    if (process.platform !== 'win32') return reader.read(place);
  } catch (error) {
    if (!isLinkRefusal(error)) return failure(error);
  }
  const located = links.locate(place);
  if (located?.stats.isFile() !== true) return { kind: 'missing' };
  try {
    return reader.read(located.real);
  } catch (error) {
    return failure(error);
  }
}

function kindOf(located: Located | undefined): 'file' | 'directory' | undefined {
  if (located === undefined) return undefined;
  if (located.stats.isFile()) return 'file';
  return located.stats.isDirectory() ? 'directory' : undefined;
}

function stampOf({ stats }: Located): FileStamp {
  // The inode tells a file that was replaced within one tick of the clock; ctime one whose mtime was set back.
  return { size: stats.size, stamp: `${stats.mtimeMs}-${stats.ctimeMs}-${stats.ino}` };
}

interface Entry extends DirectoryEntry {
  /** Folders: real path, which differs from the place when the entry is a link. */
  readonly real: string | undefined;
  /** A folder sorts as if its name ended in `/`, so that whole paths come out sorted. */
  readonly order: string;
}

function entryOf(links: Links, folder: string, entry: Dirent): Entry | undefined {
  const { name } = entry;
  if (isGitFolder(name)) return undefined;
  if (entry.isFile()) return { name, kind: 'file', real: undefined, order: name };
  if (entry.isDirectory()) return { name, kind: 'directory', real: undefined, order: `${name}/` };
  if (!entry.isSymbolicLink()) return undefined;
  const located = links.locate(below(folder, name));
  const kind = kindOf(located);
  if (located === undefined || kind === undefined) return undefined;
  return { name, kind, real: located.real, order: kind === 'file' ? name : `${name}/` };
}

function entriesOf(links: Links, folder: string): Entry[] {
  let found: Dirent[];
  try {
    found = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  const entries: Entry[] = [];
  for (const dirent of found) {
    const entry = entryOf(links, folder, dirent);
    if (entry !== undefined) entries.push(entry);
  }
  return entries.sort((a, b) => (a.order < b.order ? -1 : 1));
}

function* walk(links: Links, directory: FilePath): Generator<FilePath, void, undefined> {
  const start = links.folder(directory);
  if (start === undefined) return;
  let throughLinks = 0;
  // An explicit stack: nested generators would cost a call per level and file.
  const open = [
    {
      path: directory === '' ? '' : `${directory}/`,
      real: start,
      isLinked: false,
      entries: entriesOf(links, start),
      next: 0,
    },
  ];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const entry = top.entries[top.next++];
    if (entry === undefined) {
      open.pop();
      continue;
    }
    if (top.isLinked && ++throughLinks > maxEntriesThroughLinks) continue;
    if (entry.kind === 'file') {
      yield top.path + entry.name;
      continue;
    }
    const real = entry.real ?? below(top.real, entry.name);
    const leadsBack = entry.real !== undefined && open.some((folder) => folder.real === real);
    if (leadsBack) continue;
    const isLinked = top.isLinked || entry.real !== undefined;
    open.push({ path: `${top.path}${entry.name}/`, real, isLinked, entries: entriesOf(links, real), next: 0 });
  }
}
