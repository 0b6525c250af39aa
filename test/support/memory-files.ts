import { type FilePath } from '../../server/model/file-path';
import {
  type DirectoryEntry,
  type EntryKind,
  type Files,
  type FileStamp,
  type ReadResult,
} from '../../server/model/ports';

/** How often each question was asked since the last `resetCounts`; caching tests read these. */
export interface FileCounts {
  walk: number;
  list: number;
  stat: number;
  stamp: number;
  read: number;
}

/** A root kept in memory. Folders exist exactly as long as a file lies below them. */
export interface MemoryFiles extends Files {
  readonly counts: FileCounts;
  resetCounts(): void;
  /** Creates or overwrites a file; each call changes the file's stamp, also when the text is equal. */
  set(path: FilePath, text: string): void;
  /** Makes a path answer `read` with something other than its text (unreadable, too large, invalid). */
  setResult(path: FilePath, result: ReadResult): void;
  /** Deletes a file, or every file below a folder. Deleting nothing is no fault. */
  delete(path: FilePath): void;
  rename(from: FilePath, to: FilePath): void;
  /** Text of a file; undefined when it is missing or has no text. Not counted as a read. */
  text(path: FilePath): string | undefined;
}

interface Entry {
  result: ReadResult;
  stamp: number;
}

// `instanceof` would make `any` of a ReadonlyMap.
function isMap(texts: Texts): texts is ReadonlyMap<FilePath, string> {
  return texts instanceof Map;
}

type Texts = Readonly<Record<FilePath, string>> | ReadonlyMap<FilePath, string>;

/** A `Files` port over the given texts. Paths are root-relative with `/`, as {@link FilePath}. */
export function memoryFiles(texts: Texts = {}): MemoryFiles {
  const entries = new Map<FilePath, Entry>();
  const counts: FileCounts = { walk: 0, list: 0, stat: 0, stamp: 0, read: 0 };
  let stamps = 0;

  const put = (path: FilePath, result: ReadResult): void => {
    entries.set(path, { result, stamp: ++stamps });
  };
  const below = (directory: FilePath): FilePath[] => {
    const prefix = directory === '' ? '' : `${directory}/`;
    return [...entries.keys()].filter((path) => path.startsWith(prefix)).sort();
  };
  const given: Iterable<readonly [FilePath, string]> = isMap(texts) ? texts : Object.entries(texts);
  for (const [path, text] of given) put(path, { kind: 'text', text });

  return {
    counts,
    resetCounts: () => void Object.assign(counts, { walk: 0, list: 0, stat: 0, stamp: 0, read: 0 }),
    set: (path, text) => put(path, { kind: 'text', text }),
    setResult: put,
    delete: (path) => {
      entries.delete(path);
      for (const file of below(path)) if (path !== '') entries.delete(file);
    },
    rename: (from, to) => {
      for (const file of [from, ...below(from)]) {
        const entry = entries.get(file);
        if (entry === undefined) continue;
        entries.delete(file);
        put(to + file.slice(from.length), entry.result);
      }
    },
    text: (path) => {
      const result = entries.get(path)?.result;
      return result?.kind === 'text' ? result.text : undefined;
    },

    walk: (directory) => {
      counts.walk++;
      return below(directory).filter((path) => !path.split('/').includes('.git'));
    },
    list: (directory) => {
      counts.list++;
      const skip = directory === '' ? 0 : directory.length + 1;
      const found = new Map<string, DirectoryEntry>();
      for (const path of below(directory)) {
        const [name = '', ...rest] = path.slice(skip).split('/');
        found.set(name, { name, kind: rest.length === 0 ? 'file' : 'directory' });
      }
      return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    stat: (path): EntryKind => {
      counts.stat++;
      if (path === '') return 'directory';
      const entry = entries.get(path);
      if (entry !== undefined) return entry.result.kind === 'missing' ? 'missing' : 'file';
      return below(path).length > 0 ? 'directory' : 'missing';
    },
    stamp: (path): FileStamp | undefined => {
      counts.stamp++;
      const entry = entries.get(path);
      if (entry === undefined || entry.result.kind === 'missing') return undefined;
      const { result } = entry;
      const size = result.kind === 'too-large' ? result.bytes : 'text' in result ? Buffer.byteLength(result.text) : 0;
      return { size, stamp: String(entry.stamp) };
    },
    read: (path): ReadResult => {
      counts.read++;
      return entries.get(path)?.result ?? { kind: 'missing' };
    },
  };
}
