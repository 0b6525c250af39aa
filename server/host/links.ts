import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { directoryOf, baseName, type FilePath } from '../model/file-path';

// A long-lived server must notice that a folder became a link; a single pass must not ask twice for one folder.
const rememberedForMs = 1000;

/** Where a path of the root really is. `stats` are those of the file or folder behind all links. */
export interface Located {
  readonly real: string;
  readonly stats: Stats;
}

/** Resolves paths below one root and refuses what lies outside of it or in `.git`. Never throws. */
export class Links {
  readonly root: string;
  readonly #prefix: string;
  #folders = new Map<FilePath, string | undefined>();
  #folderAge = 0;

  /** @param root absolute path of an existing folder; the root itself may be reached through links. */
  constructor(root: string) {
    this.root = realPath(root) ?? root;
    this.#prefix = this.root.endsWith(sep) ? this.root : this.root + sep;
  }

  /** The real path of a folder below the root; undefined when it leaves the root, is in `.git`, or is missing. */
  folder(directory: FilePath): string | undefined {
    const now = performance.now();
    if (now - this.#folderAge > rememberedForMs) {
      this.#folders = new Map();
      this.#folderAge = now;
    }
    let real = this.#folders.get(directory);
    if (real === undefined && !this.#folders.has(directory)) {
      real = directory === '' ? this.root : isPlain(directory) ? this.#confine(this.#real(directory)) : undefined;
      this.#folders.set(directory, real);
    }
    return real;
  }

  /** The path with the links of its folder resolved, its last part as it stands; undefined as for `folder`. */
  place(path: FilePath): string | undefined {
    if (path === '') return this.root;
    const name = baseName(path);
    if (!isPlain(name)) return undefined;
    const folder = this.folder(directoryOf(path));
    return folder === undefined ? undefined : below(folder, name);
  }

  /** What stands at a place that `place` gave, its last link followed; undefined when that leaves the root or dangles. */
  locate(place: string): Located | undefined {
    try {
      const stats = lstatSync(place, { throwIfNoEntry: false });
      if (stats?.isSymbolicLink() !== true) return stats === undefined ? undefined : { real: place, stats };
      const real = this.#confine(realPath(place));
      return real === undefined ? undefined : { real, stats: statSync(real) };
    } catch {
      return undefined;
    }
  }

  /** Folder by folder, since asking for each as a whole walks a deep tree again and again. */
  #real(directory: FilePath): string | undefined {
    // Where two spellings name one folder, only the system knows the right one.
    if (!isCaseSensitive) return realPath(join(this.root, directory));
    const parent = this.folder(directoryOf(directory));
    if (parent === undefined) return undefined;
    const place = below(parent, baseName(directory));
    try {
      const stats = lstatSync(place, { throwIfNoEntry: false });
      return stats?.isSymbolicLink() === true ? realPath(place) : stats && place;
    } catch {
      return undefined;
    }
  }

  #confine(real: string | undefined): string | undefined {
    if (real === undefined || real === this.root) return real;
    if (!real.startsWith(this.#prefix)) return undefined;
    return isPlain(real.slice(this.#prefix.length).split(sep).join('/')) ? real : undefined;
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** An entry of a folder; `join` would read both again for what is known to be in order. */
export function below(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}

const isWindows = sep === '\\';
const isCaseSensitive = !isWindows && process.platform !== 'darwin';

/** False for what no `FilePath` may hold: steps upwards, `.git`, and on Windows drives, streams and other separators. */
function isPlain(path: FilePath): boolean {
  if (isWindows && /[\\:]/.test(path)) return false;
  if (!path.includes('.')) return true;
  return !path.split('/').some((part) => part === '..' || part === '.' || isGitFolder(part));
}

/** True for `.git` in any case: some file systems do not tell `.GIT` from it. */
export function isGitFolder(name: string): boolean {
  return name.length === 4 && name.toLowerCase() === '.git';
}
