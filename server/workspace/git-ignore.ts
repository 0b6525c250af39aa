import { matchesParts } from '../build/glob';
import { type FilePath } from '../model/file-path';

interface Pattern {
  /** Below the folder of the file that holds it, whose parts stand in front. */
  readonly parts: readonly string[];
  readonly isInclusion: boolean;
  readonly isFolder: boolean;
}

/** A pattern with more double stars than this is left alone: trying them takes too long. */
const mostStars = 4;

/**
 * True for a file that the `.gitignore` files of the repository keep out of Git (gitignore(5): the last pattern that fits
 * decides, and nothing comes back below a folder that is left out). What other files say, and whether the file was added all
 * the same, only Git knows.
 */
export function isGitIgnored(file: FilePath, textOf: (path: FilePath) => string | undefined): boolean {
  const parts = file.split('/');
  const patterns: Pattern[] = [];
  for (let depth = 0; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth);
    const text = textOf([...folder, '.gitignore'].join('/'));
    if (text !== undefined) patterns.push(...readPatterns(text, folder));
    const here = parts.slice(0, depth + 1);
    const isFolder = depth < parts.length - 1;
    const last = patterns.findLast((pattern) => (isFolder || !pattern.isFolder) && matchesParts(pattern.parts, here));
    if (last?.isInclusion === false) return true;
  }
  return false;
}

function readPatterns(text: string, folder: readonly string[]): Pattern[] {
  return text.split(/\r?\n/).flatMap((line): Pattern[] => {
    if (line.startsWith('#')) return [];
    let pattern = line;
    while (pattern.endsWith(' ') && !pattern.endsWith('\\ ')) pattern = pattern.slice(0, -1);
    const isInclusion = pattern.startsWith('!');
    if (isInclusion) pattern = pattern.slice(1);
    const isFolder = pattern.endsWith('/');
    if (isFolder) pattern = pattern.slice(0, -1);
    if (pattern === '' || pattern.split('**').length > mostStars) return [];
    const isAnchored = pattern.includes('/');
    const own = pattern.replace(/^\//, '').replace(/\\(.)/g, '$1').split('/');
    return [{ parts: [...folder, ...(isAnchored ? own : ['**', ...own])], isInclusion, isFolder }];
  });
}
