import type * as crypto from 'node:crypto';
import {
  closeSync,
  fstatSync,
  futimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type Cache } from '../model/ports';

export interface NodeCacheOptions {
  /** Bytes after which the entries used longest ago are deleted. */
  readonly maxBytes?: number;
  /** Now in milliseconds since 1970; entries carry it as the time of last use. */
  readonly now?: () => number;
}

const defaultMaxBytes = 64 * 1024 * 1024;
// Looking at every entry on every write would cost more than the cache saves.
const writesBetweenSweeps = 50;

/** The user's cache folder of this system; `variables` are those of the environment. */
export function userCacheFolder(
  variables: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  const absolute = (path: string | undefined): string | undefined =>
    path !== undefined && (isAbsolute(path) || /^[a-z]:[\\/]/i.test(path)) ? path : undefined;
  if (platform === 'win32') {
    return join(absolute(variables['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local'), 'fluxwright', 'Cache');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'fluxwright');
  return join(absolute(variables['XDG_CACHE_HOME']) ?? join(home, '.cache'), 'fluxwright');
}

const longestName = 200;

/** Name of an entry's file: the key, or its hash where it is too long to be a name. */
function nameOf(key: string): string {
  const name = encodeURIComponent(key);
  if (name.length <= longestName) return `${name}.bin`;
  // Loads for longer than reading an entry takes.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createHash } = require('node:crypto') as typeof crypto;
  return `${createHash('sha256').update(key).digest('hex')}.bin`;
}

/** True for what nobody else can have written; systems without POSIX owners protect the user's folders themselves. */
function isOwn({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

/**
 * Entries as files in a folder that only the user can read, one per key. Every failure of the disk is a cache miss, and so
 * is a file of another owner or one that others may write.
 */
export function createNodeCache(folder: string = userCacheFolder(), options: NodeCacheOptions = {}): Cache {
  const { maxBytes = defaultMaxBytes, now = Date.now } = options;
  let writes = 0;
  const fileOf = (key: string): string => join(folder, nameOf(key));
  return {
    get(key) {
      let file: number | undefined;
      try {
        file = openSync(fileOf(key), 'r');
        if (!isOwn(fstatSync(file))) return undefined;
        const bytes = readFileSync(file);
        const seconds = now() / 1000;
        futimesSync(file, seconds, seconds);
        return bytes;
      } catch {
        return undefined;
      } finally {
        if (file !== undefined) closeSync(file);
      }
    },
    set(key, value) {
      if (value.byteLength > maxBytes) return;
      const file = fileOf(key);
      const draft = `${file}.${process.pid}.tmp`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        // Others see either the old entry or the whole new one.
        writeFileSync(draft, value, { mode: 0o600 });
        const seconds = now() / 1000;
        utimesSync(draft, seconds, seconds);
        renameSync(draft, file);
        if (writes++ % writesBetweenSweeps === 0) sweep(folder, maxBytes);
      } catch {
        discard(draft);
      }
    },
  };
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // `force` forgives a missing file only.
  }
}

function sweep(folder: string, maxBytes: number): void {
  const entries = readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() === true ? [{ path, bytes: stats.size, usedAt: stats.mtimeMs }] : [];
  });
  let total = 0;
  for (const entry of entries.sort((a, b) => b.usedAt - a.usedAt)) {
    total += entry.bytes;
    if (total > maxBytes) rmSync(entry.path, { force: true });
  }
}
