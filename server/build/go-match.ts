/**
 * Go's `filepath.Match` for one part of a path (path/filepath/match.go): `*`, `?`, classes `[a-z]` and `[^a]`, and a
 * backslash before what is meant as it stands. A pattern that is malformed matches nothing.
 */
export function goMatcher(pattern: string): (name: string) => boolean {
  if (!/[*?[\\]/.test(pattern)) return (name) => name === pattern;
  if (/^\*[^*?[\\]*$/.test(pattern)) return (name) => name.endsWith(pattern.slice(1));
  const tokens = parse(Array.from(pattern));
  return tokens === undefined ? () => false : (name) => matches(tokens, Array.from(name));
}

/** Only the last star is ever tried again, so no pattern is slow. */
function matches(tokens: readonly Token[], chars: readonly string[]): boolean {
  let star = -1;
  let retry = 0;
  let at = 0;
  for (let char = 0; char < chars.length;) {
    const token = tokens[at];
    if (token === 'star') {
      star = at++;
      retry = char;
    } else if (token?.(chars[char] ?? '') === true) {
      at++;
      char++;
    } else if (star >= 0) {
      at = star + 1;
      char = ++retry;
    } else return false;
  }
  while (tokens[at] === 'star') at++;
  return at === tokens.length;
}

type Token = 'star' | ((char: string) => boolean);

function parse(pattern: readonly string[]): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '*') tokens.push('star');
    else if (char === '?') tokens.push(() => true);
    else if (char === '[') {
      const read = parseClass(pattern, at + 1);
      if (read === undefined) return undefined;
      tokens.push(read.token);
      at = read.end;
    } else {
      const meant = char === '\\' ? pattern[++at] : char;
      if (meant === undefined) return undefined;
      tokens.push((other) => other === meant);
    }
  }
  return tokens;
}

/** `end`: index of the closing bracket. */
function parseClass(
  pattern: readonly string[],
  start: number,
): { readonly token: (char: string) => boolean; readonly end: number } | undefined {
  let at = start;
  const isNegated = pattern[at] === '^';
  if (isNegated) at++;
  const ranges: (readonly [low: string, high: string])[] = [];
  const next = (): string | undefined => {
    const char = pattern[at];
    if (char === undefined || char === '-' || char === ']') return undefined;
    at += char === '\\' ? 2 : 1;
    return char === '\\' ? pattern[at - 1] : char;
  };
  while (pattern[at] !== ']' || ranges.length === 0) {
    const low = next();
    if (low === undefined) return undefined;
    let high: string | undefined = low;
    if (pattern[at] === '-') {
      at++;
      high = next();
    }
    if (high === undefined) return undefined;
    ranges.push([low, high]);
  }
  const holds = (char: string): boolean => ranges.some(([low, high]) => isBetween(low, char, high));
  return { token: (char) => holds(char) !== isNegated, end: at };
}

function isBetween(low: string, char: string, high: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (low.codePointAt(0) ?? 0) <= code && code <= (high.codePointAt(0) ?? 0);
}
