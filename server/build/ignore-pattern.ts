import { goMatcher } from './go-match';

/** One line of an ignore file. */
export interface IgnorePattern {
  /** Folder of the file that holds it, as parts; it says nothing about what lies elsewhere. */
  readonly domain: readonly string[];
  /** `!pattern`: takes in what an earlier pattern left out, whatever was said of the folders above. */
  readonly isInclusion: boolean;
  readonly isFolder: boolean;
  readonly parts: readonly Part[];
}

/** What stands between two slashes. */
interface Part {
  readonly text: string;
  readonly fits: (name: string) => boolean;
}

/** The patterns of a text, in their order; later ones have the last word. */
export function readPatterns(text: string, domain: readonly string[]): IgnorePattern[] {
  return text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line): IgnorePattern => {
      const isInclusion = line.startsWith('!');
      let pattern = isInclusion ? line.slice(1) : line;
      if (!pattern.endsWith('\\ ')) pattern = pattern.replace(/ +$/, '');
      const isFolder = pattern.endsWith('/');
      if (isFolder) pattern = pattern.slice(0, -1);
      const parts = pattern.split('/').map((part) => ({ text: part, fits: goMatcher(part) }));
      return { domain, isInclusion, isFolder, parts };
    });
}

/**
 * Tells whether a file is left out: by the last pattern that fits it (fluxcd/pkg sourceignore/gitignore, which is not git:
 * a pattern with a slash fits everything below what it names, and a folder that is left out can be entered again).
 *
 * @returns a function of a path as its parts
 */
export function createIgnored(patterns: readonly IgnorePattern[]): (path: readonly string[]) => boolean {
  // Most patterns are a name that may stand anywhere, and the same names return in path after path.
  const ofNames = patterns.map((pattern) => (isName(pattern) ? pattern.parts[0] : undefined));
  const known = new Map<string, LastFits>();
  const lastFits = (name: string): LastFits => {
    let last = known.get(name);
    if (last === undefined) {
      const fitsAt = (at: number): boolean => ofNames[at]?.fits(name) === true;
      const folder = lastIndex(patterns, fitsAt);
      last = { folder, file: lastIndex(patterns, (at) => patterns[at]?.isFolder === false && fitsAt(at)) };
      known.set(name, last);
    }
    return last;
  };
  return (path) => {
    let last = -1;
    for (const [index, name] of path.entries()) {
      const { folder, file } = lastFits(name);
      last = Math.max(last, index === path.length - 1 ? file : folder);
    }
    for (let at = patterns.length - 1; at > last; at--) {
      const pattern = patterns[at];
      if (pattern !== undefined && ofNames[at] === undefined && fits(pattern, path)) last = at;
    }
    return last >= 0 && patterns[last]?.isInclusion === false;
  };
}

/** Indices of the last patterns that fit a name where it is a folder above the file, and where it is the file's own. */
interface LastFits {
  readonly folder: number;
  readonly file: number;
}

const isName = ({ domain, parts }: IgnorePattern): boolean => domain.length === 0 && parts.length === 1;

function lastIndex(patterns: readonly IgnorePattern[], fitsAt: (at: number) => boolean): number {
  let at = patterns.length - 1;
  while (at >= 0 && !fitsAt(at)) at--;
  return at;
}

function fits({ domain, parts, isFolder }: IgnorePattern, path: readonly string[]): boolean {
  if (path.length <= domain.length || domain.some((part, index) => path[index] !== part)) return false;
  const below = domain.length === 0 ? path : path.slice(domain.length);
  const [first, second] = parts;
  return second !== undefined || first === undefined
    ? fitsPath(parts, below, isFolder)
    : fitsName(first, below, isFolder);
}

function fitsName({ fits: fitsOne }: Part, path: readonly string[], isFolder: boolean): boolean {
  const at = path.findIndex(fitsOne);
  return at >= 0 && !(isFolder && at === path.length - 1);
}

function fitsPath(parts: readonly Part[], path: readonly string[], isFolder: boolean): boolean {
  let isMatched = false;
  let skipsFolders = false;
  let at = 0;
  for (const [index, { text, fits: fitsOne }] of parts.entries()) {
    if (text === '') {
      skipsFolders = false;
    } else if (text === '**') {
      if (index === parts.length - 1) break;
      skipsFolders = true;
    } else if (text.includes('**') || at >= path.length) {
      return false;
    } else if (skipsFolders) {
      skipsFolders = false;
      const found = path.findIndex((name, place) => place >= at && fitsOne(name));
      isMatched = found >= 0;
      at = found < 0 ? path.length : found + 1;
    } else {
      if (!fitsOne(path[at] ?? '')) return false;
      isMatched = true;
      at++;
    }
  }
  return isMatched && !(isFolder && at === path.length);
}
