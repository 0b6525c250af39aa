/** True when a path to copy is a pattern (source-watcher internal/builder: containsGlobChars). */
export function isGlob(pattern: string): boolean {
  return /[*?[\]]/.test(pattern);
}

function alternatives(pattern: string): string[] {
  const open = pattern.indexOf('{');
  const close = pattern.indexOf('}', open);
  if (open < 0 || close < 0) return [pattern];
  const [before, inside, after] = [pattern.slice(0, open), pattern.slice(open + 1, close), pattern.slice(close + 1)];
  return inside.split(',').flatMap((choice) => alternatives(before + choice + after));
}

/** `*` and `?` within one part of a path, without backtracking beyond the last star, so that no pattern is slow. */
export function matchesPart(pattern: string, part: string): boolean {
  let p = 0;
  let star = -1;
  let retry = 0;
  for (let t = 0; t < part.length;) {
    if (pattern[p] === '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === part[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

export function matchesParts(pattern: readonly string[], path: readonly string[], p = 0, t = 0): boolean {
  while (p < pattern.length) {
    const part = pattern[p] ?? '';
    if (part === '**') {
      if (p === pattern.length - 1) return true;
      for (let skip = t; skip <= path.length; skip++) if (matchesParts(pattern, path, p + 1, skip)) return true;
      return false;
    }
    if (t >= path.length || !matchesPart(part, path[t] ?? '')) return false;
    p++;
    t++;
  }
  return t === path.length;
}

/**
 * Patterns with a double star over whole paths (github.com/bmatcuk/doublestar, which source-watcher uses for
 * `exclude`), also those of `ignore` in the configuration. Character classes are not read: a pattern with one matches
 * nothing.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  return alternatives(pattern).some((choice) => matchesParts(choice.split('/'), path.split('/')));
}
