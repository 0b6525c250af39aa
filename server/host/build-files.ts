import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type FilePath } from '../model/file-path';
import { type Files } from '../model/ports';
import { findWorkTree } from './git-folder';
import { Links } from './links';
import { createNodeFiles } from './node-files';
import { decode } from './read-text';

/** The files of one root with what a build asks for besides text. */
export interface BuildFiles extends Files {
  /** The path of a folder with all links followed; undefined when it leaves the root or is missing. */
  resolve(path: FilePath): FilePath | undefined;
}

/**
 * Files of any size: what a build command is asked for, it reads whole.
 * @param root absolute path of an existing folder.
 */
export function createBuildFiles(root: string): BuildFiles {
  const links = new Links(root);
  const files = createNodeFiles(root);
  return {
    ...files,
    read(path) {
      const read = files.read(path);
      const bytes = read.kind === 'too-large' ? bytesOf(links, path) : undefined;
      return bytes === undefined ? read : decode(bytes);
    },
    resolve(path) {
      const real = links.folder(path);
      return real === undefined ? undefined : toFilePath(links.root, real);
    },
  };
}

function bytesOf(links: Links, path: FilePath): Buffer | undefined {
  const place = links.place(path);
  const located = place === undefined ? undefined : links.locate(place);
  if (located?.stats.isFile() !== true) return undefined;
  try {
    return readFileSync(located.real);
  } catch {
    return undefined;
  }
}

const toFilePath = (root: string, path: string): FilePath => relative(root, path).split(sep).join('/');

/**
 * The root of a build and the folder in it: the folder given as root, else the nearest one at or above that holds
 * `.git`, else the whole file system. undefined when the folder is not below the given root.
 * @param folder absolute path of an existing folder.
 */
export function rootOfBuild(
  folder: string,
  given: string | undefined,
): { readonly root: string; readonly directory: FilePath } | undefined {
  const root = given ?? findWorkTree(folder) ?? resolve(folder, sep);
  const links = new Links(root);
  const real = new Links(folder).root;
  const inside = real === links.root || real.startsWith(links.root.endsWith(sep) ? links.root : links.root + sep);
  return inside ? { root, directory: toFilePath(links.root, real) } : undefined;
}

/** Writes a text below a folder, and the folders it needs. Throws what the system throws. */
export function writeOutput(folder: string, path: FilePath, text: string): void {
  const place = join(folder, ...path.split('/'));
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}
