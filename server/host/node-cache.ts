import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
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

/**
 * Entries as files in a folder that only the user can read, one per key, named by the key's hash. Every failure of the
 * disk is a cache miss.
 */
export function createNodeCache(folder: string = userCacheFolder(), options: NodeCacheOptions = {}): Cache {
  const { maxBytes = defaultMaxBytes, now = Date.now } = options;
  let writes = 0;
  const fileOf = (key: string): string => join(folder, `${createHash('sha256').update(key).digest('hex')}.bin`);
  return {
    get(key) {
      try {
        const file = fileOf(key);
        const bytes = readFileSync(file);
        const seconds = now() / 1000;
        utimesSync(file, seconds, seconds);
        return bytes;
      } catch {
        return undefined;
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
