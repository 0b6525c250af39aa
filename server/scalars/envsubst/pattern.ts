import { characterAt } from './bytes';

// Patterns of `#` and `%`: as Go's path.Match, but a star also takes slashes, and one at the end takes all
// (fluxcd/pkg envsubst 1.9, path/match.go). Patterns and names are bytes (see bytes.ts).

/** `undefined`: the pattern is malformed, as far as the name made anyone look. */
type Outcome = boolean | undefined;

/** A part of a pattern without stars, and whether one stood before it. */
interface Chunk {
  readonly afterStar: boolean;
  readonly text: string;
}

function chunksOf(pattern: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  while (at < pattern.length) {
    const start = at;
    while (pattern[at] === '*') at++;
    const afterStar = at > start;
    const from = at;
    let isInClass = false;
    for (; at < pattern.length; at++) {
      const char = pattern[at];
      if (char === '\\') {
        if (at + 1 < pattern.length) at++;
      } else if (char === '[') isInClass = true;
      else if (char === ']') isInClass = false;
      else if (char === '*' && !isInClass) break;
    }
    chunks.push({ afterStar, text: pattern.slice(from, at) });
  }
  return chunks;
}

/** One end of a range in a class; undefined where none can be read. Something has to follow it. */
function classCharacter(chunk: string, at: number): { readonly code: number; readonly next: number } | undefined {
  const from = chunk[at] === '\\' ? at + 1 : at;
  if (from >= chunk.length || (from === at && (chunk[at] === '-' || chunk[at] === ']'))) return undefined;
  const { code, width } = characterAt(chunk, from);
  if ((code === 0xfffd && width === 1) || from + width >= chunk.length) return undefined;
  return { code, next: from + width };
}

/** Whether a class takes a character, and where it ends; `at` is behind the bracket. */
function matchClass(
  chunk: string,
  start: number,
  code: number,
): { readonly takes: boolean; readonly next: number } | undefined {
  let at = start;
  const isNegated = chunk[at] === '^';
  if (isNegated) at++;
  let isInside = false;
  for (let ranges = 0; ranges === 0 || chunk[at] !== ']'; ranges++) {
    const low = classCharacter(chunk, at);
    if (low === undefined) return undefined;
    let high = low;
    if (chunk[low.next] === '-') {
      const end = classCharacter(chunk, low.next + 1);
      if (end === undefined) return undefined;
      high = end;
    }
    if (low.code <= code && code <= high.code) isInside = true;
    at = high.next;
  }
  return { takes: isInside !== isNegated, next: at + 1 };
}

/** Where in the name a chunk ends that starts at `from`; -1 when it does not fit, undefined when it is malformed. */
function matchChunk(chunk: string, name: string, from: number): number | undefined {
  let at = from;
  for (let step = 0; step < chunk.length;) {
    if (at >= name.length) return -1;
    if (chunk[step] === '[') {
      const { code, width } = characterAt(name, at);
      const found = matchClass(chunk, step + 1, code);
      if (found === undefined) return undefined;
      if (!found.takes) return -1;
      at += width;
      step = found.next;
    } else if (chunk[step] === '?') {
      at += characterAt(name, at).width;
      step++;
    } else {
      if (chunk[step] === '\\' && ++step >= chunk.length) return undefined;
      if (chunk[step] !== name[at]) return -1;
      at++;
      step++;
    }
  }
  return at;
}

/** Whether a pattern matches the whole name. Each star takes as little as lets the next chunk fit; it never goes back. */
function matches(chunks: readonly Chunk[], name: string): Outcome {
  let at = 0;
  for (const [index, { afterStar, text }] of chunks.entries()) {
    const isLast = index === chunks.length - 1;
    if (afterStar && text === '') return true;
    let found = -1;
    for (let from = at; from === at || (afterStar && from <= name.length); from++) {
      const end = matchChunk(text, name, from);
      if (end === undefined) return undefined;
      if (end >= 0 && (!isLast || end === name.length)) {
        found = end;
        break;
      }
    }
    if (found < 0) return false;
    at = found;
  }
  return at === name.length;
}

/**
 * Bytes of the shortest or longest start of a value that a pattern matches; 0 when none does or the pattern is
 * malformed.
 */
export function matchingPrefix(value: string, pattern: string, prefers: 'shortest' | 'longest'): number {
  const chunks = chunksOf(pattern);
  let shortest = 0;
  for (let length = value.length; length > 0; length--) {
    const found = matches(chunks, value.slice(0, length));
    if (found === undefined) return 0;
    if (found && prefers === 'longest') return length;
    if (found) shortest = length;
  }
  return shortest;
}
