import { type Path } from '../../model/json';
import { type BlockLine, opensBlock, opensBlockScalar, readLine } from './lines';

/**
 * Where the cursor stands in the structure of a document, found by indentation alone: a tree is of little help in a
 * text that is just being typed.
 */
export interface Cursor {
  /** `key`: a name inside the map at `path`. `value`: the scalar at `path`. */
  readonly position: 'key' | 'value';
  readonly path: Path;
  /** Column of the keys of the map that holds the cursor. */
  readonly column: number;
  /** Line and columns, from 0 in the document, of what a completion replaces. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** What of it stands before the cursor. */
  readonly prefix: string;
  /** Other entries of the map that holds the cursor: key → scalar, empty text for collections. */
  readonly siblings: ReadonlyMap<string, string>;
  /** The rest of the line is empty, so further lines may be added. */
  readonly isLineEnd: boolean;
}

/** @returns undefined in comments, block scalars, flow collections and where indentation fits no map. */
export function findCursor(text: string, line: number, character: number): Cursor | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  const here = lines[line] === undefined ? undefined : readLine(lines[line]);
  if (here === undefined || isInComment(here.text, character) || isInBlockScalar(lines, line, character))
    return undefined;
  const { key } = here;
  const isValue = key !== undefined && character >= here.afterColon;
  const token = tokenAt(here, character, isValue);
  if (token === undefined) return undefined;
  const column = isEmptyText(here) ? character : here.column;
  const climbed = climb(lines, line, here.dashes, column);
  if (climbed === undefined) return undefined;
  return {
    position: isValue ? 'value' : 'key',
    path: isValue ? [...climbed.path, key] : climbed.path,
    column,
    line,
    ...token,
    siblings: climbed.siblings,
    isLineEnd: here.text.slice(token.end).trim() === '',
  };
}

const isEmptyText = (line: BlockLine): boolean => line.dashes.length === 0 && line.text.trim() === '';

const isInComment = (text: string, character: number): boolean => /(^|\s)#/.test(stripQuoted(text.slice(0, character)));

const stripQuoted = (text: string): string => text.replace(/"(?:[^"\\]|\\.)*"?|(?<=[\s:-])'(?:[^']|'')*'?/g, '""');

/** The token that is being typed; undefined inside flow collections, which are not completed. */
function tokenAt(
  line: BlockLine,
  character: number,
  isValue: boolean,
): { start: number; end: number; prefix: string } | undefined {
  const { text } = line;
  let start = isValue ? line.afterColon : Math.min(line.column, character);
  while (start < character && text[start] === ' ') start++;
  const prefix = text.slice(start, character);
  if (/^[[{]/.test(prefix)) return undefined;
  // On the dash or before it: nothing to replace there.
  if (character < line.column && line.dashes.length > 0) return undefined;
  let end = character;
  if (isValue || line.key === undefined) end = Math.max(character, text.replace(/\s#.*$/, '').trimEnd().length);
  else end = Math.max(character, line.column + line.key.length);
  return { start, end, prefix: prefix.replace(/^["']/, '') };
}

function isInBlockScalar(lines: readonly string[], line: number, character: number): boolean {
  const here = lines[line] ?? '';
  let limit = here.trim() === '' ? character : here.search(/\S/);
  for (let at = line - 1; at >= 0 && limit > 0; at--) {
    const above = lines[at] ?? '';
    const indent = above.search(/\S/);
    if (indent < 0 || indent >= limit) continue;
    if (opensBlockScalar(above)) return true;
    limit = indent;
  }
  return false;
}

/** Goes up from a column to the root and notes the way. */
function climb(
  lines: readonly string[],
  line: number,
  dashes: readonly number[],
  column: number,
): { path: Path; siblings: ReadonlyMap<string, string> } | undefined {
  const ascent = new Ascent(column);
  ascent.takeDashes(dashes);
  for (let at = line - 1; at >= 0 && !ascent.isAtRoot; at--) {
    const above = readLine(lines[at] ?? '');
    if (above.isEmpty) continue;
    if (!ascent.takeKey(above)) return undefined;
    ascent.takeDashes(above.dashes);
  }
  addLower(lines, line, column, ascent.siblings);
  return { path: ascent.end(), siblings: ascent.siblings };
}

/** A walk up the lines: in a map whose keys stand in a column, or in a list whose dashes do. */
class Ascent {
  readonly siblings = new Map<string, string>();
  readonly #steps: (string | number)[] = [];
  #column: number;
  #isList = false;
  /** Items of the list passed so far. */
  #index = 0;
  #isFirstMap = true;

  constructor(column: number) {
    this.#column = column;
  }

  /** Nothing above says more. */
  get isAtRoot(): boolean {
    return this.#column === 0 && !this.#isList && !this.#isFirstMap;
  }

  /** @returns false when the line cannot hold what is below it: its key has a value already. */
  takeKey(line: BlockLine): boolean {
    if (line.key === undefined) return true;
    if (!this.#isList && line.column === this.#column) {
      if (this.#isFirstMap) this.siblings.set(line.key, opensBlock(line) ? '' : line.value);
      return true;
    }
    const isParent = this.#isList ? line.column <= this.#column : line.column < this.#column;
    if (!isParent) return true;
    if (!opensBlock(line)) return false;
    if (this.#isList) this.#leave(this.#index);
    this.#leave(line.key);
    this.#column = line.column;
    this.#isList = false;
    return true;
  }

  takeDashes(dashes: readonly number[]): void {
    for (const dash of [...dashes].reverse()) {
      if (this.#isList && dash === this.#column) this.#index++;
      if (dash >= this.#column) continue;
      if (this.#isList) this.#leave(this.#index);
      this.#column = dash;
      this.#isList = true;
      this.#index = 0;
      this.#isFirstMap = false;
    }
  }

  end(): Path {
    if (this.#isList) this.#leave(this.#index);
    return this.#steps;
  }

  #leave(step: string | number): void {
    this.#steps.unshift(step);
    this.#isFirstMap = false;
  }
}

/** Entries of the same map on the lines below. */
function addLower(lines: readonly string[], line: number, column: number, siblings: Map<string, string>): void {
  for (let at = line + 1; at < lines.length; at++) {
    const below = readLine(lines[at] ?? '');
    if (below.isEmpty) continue;
    if (below.column < column || (below.dashes[0] ?? column) < column) return;
    if (below.column === column && below.key !== undefined && below.dashes.length === 0)
      siblings.set(below.key, opensBlock(below) ? '' : below.value);
  }
}
