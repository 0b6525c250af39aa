import { accessSync, constants, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { findWorkTree } from './git-folder';
import { errorCode } from './read-text';
import { findGit, runGit } from './run-git';

/** The folder to analyse, or one sentence that says why there is none. */
export type RootResult = { readonly root: string } | { readonly fault: string };

/** The folder that a command line names: as given, never climbed from. */
export function rootOfArgument(directory: string, current: string = process.cwd()): RootResult {
  const root = resolve(current, directory);
  try {
    if (!statSync(root).isDirectory()) return { fault: `${directory} is not a folder. Name the folder that holds it.` };
    accessSync(root, constants.R_OK | constants.X_OK);
    return { root };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES' || code === 'EPERM') return { fault: `${directory} cannot be read: permission is denied.` };
    return { fault: `${directory} does not exist.` };
  }
}

/**
 * The root for a folder that an editor opened: the folder itself when it holds `.git`; a folder above it that does,
 * if Git tracks the opened folder there; else the opened folder.
 * @param runsPrograms false in workspaces that are not trusted: the opened folder then stands for itself.
 */
export function rootOfFolder(folder: string, runsPrograms: boolean): string {
  const top = findWorkTree(folder);
  if (top === undefined || top === folder || !runsPrograms) return folder;
  const tracked = runGit(findGit(top), top, [
    'ls-files',
    '-z',
    '--',
    `:(top,literal)${relative(top, folder).split(sep).join('/')}`,
  ]);
  return tracked === undefined || tracked === '' ? folder : top;
}

/** True when the file system of an existing folder takes names that differ in case for the same. */
export function ignoresCase(folder: string): boolean {
  const name = basename(folder);
  const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
  // A folder without letters in its name tells nothing; then the usual behaviour of the system counts.
  if (other === name) return process.platform === 'win32' || process.platform === 'darwin';
  try {
    const here = statSync(folder);
    const there = statSync(join(dirname(folder), other), { throwIfNoEntry: false });
    return there !== undefined && there.ino === here.ino && there.dev === here.dev;
  } catch {
    return false;
  }
}
