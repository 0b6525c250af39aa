import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

// Real files of this kind have a few lines; what is larger is none.
const maxBytes = 1024 * 1024;

/** Text of a small file; undefined when it is missing, unreadable or no file. */
export function readSmallText(path: string): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= maxBytes ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** True when a folder holds `.git`: a folder, or a file in worktrees and submodules. */
export function holdsGit(folder: string): boolean {
  try {
    const stats = statSync(join(folder, '.git'), { throwIfNoEntry: false });
    return stats !== undefined && (stats.isDirectory() || stats.isFile());
  } catch {
    return false;
  }
}

/** The nearest folder at or above an absolute path that holds `.git`; undefined when there is none. */
export function findWorkTree(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (holdsGit(at)) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * Folder with the configuration that all work trees of a repository share (gitrepository-layout(5): `.git` as a file,
 * `commondir`); undefined when the work tree's `.git` leads nowhere.
 */
export function commonGitFolder(workTree: string): string | undefined {
  let folder = join(workTree, '.git');
  const link = /^gitdir:\s*(.+?)\s*$/m.exec(readSmallText(folder) ?? '');
  if (link !== null) folder = resolve(workTree, link[1] ?? '');
  const common = readSmallText(join(folder, 'commondir'))?.trim();
  if (common !== undefined && common !== '') folder = resolve(folder, common);
  return readSmallText(join(folder, 'config')) === undefined ? undefined : folder;
}
