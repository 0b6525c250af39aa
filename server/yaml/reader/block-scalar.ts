import { type YamlScalar } from '../node';
import { Char, type Cursor } from './cursor';

const header = /[|>](?:([1-9])([+-])?|([+-])([1-9])?)?/y;

interface Line {
  readonly text: string;
  /** False for the last line of a text without final line break. */
  readonly isTerminated: boolean;
}

/** Columns of the lines of a block scalar: as the header says, else that of the first line with content. */
function findIndent(cursor: Cursor, from: number, parentIndent: number): number {
  let deepestBlank = 0;
  for (let lineStart = from; ;) {
    let at = lineStart;
    while (cursor.code(at) === Char.Space) at++;
    const indent = at - lineStart;
    if (cursor.code(at) === Char.Return && cursor.code(at + 1) === Char.Newline) at++;
    const code = cursor.code(at);
    if (code === Char.Tab) cursor.decline();
    if (code !== Char.Newline && code !== Char.End) {
      if (deepestBlank > indent) cursor.decline();
      return Math.max(indent, parentIndent + 1);
    }
    deepestBlank = Math.max(deepestBlank, indent);
    // Nothing but blank lines: their depth counts, and readers differ on it.
    if (code === Char.End) return deepestBlank > parentIndent + 1 ? cursor.decline() : parentIndent + 1;
    lineStart = at + 1;
  }
}

function readLines(cursor: Cursor, indent: number): readonly Line[] {
  const { text, length } = cursor;
  const lines: Line[] = [];
  let lineStart = cursor.offset;
  while (lineStart < length) {
    let at = lineStart;
    const contentStart = lineStart + indent;
    while (at < contentStart && cursor.code(at) === Char.Space) at++;
    const newline = text.indexOf('\n', at);
    let end = newline < 0 ? length : newline;
    if (newline > 0 && end > at && cursor.code(end - 1) === Char.Return) end--;
    if (at < contentStart && at < end) break;
    lines.push({ text: text.slice(at, end), isTerminated: newline >= 0 });
    lineStart = newline < 0 ? length : newline + 1;
  }
  // Left on the last line break, from which the search for the next content starts.
  cursor.offset = lineStart;
  return lines;
}

const startsDeeper = (line: string): boolean => line.startsWith(' ') || line.startsWith('\t');

/** Joins lines as a literal or folded scalar does and chomps the end, as libyaml does it. */
function joinLines(lines: readonly Line[], isFolded: boolean, chomping: string): string {
  let content = '';
  let lineBreak = '';
  let emptyLines = '';
  let wasDeeper = false;
  for (const { text, isTerminated } of lines) {
    if (text === '') {
      if (isTerminated) emptyLines += '\n';
      continue;
    }
    const isDeeper = startsDeeper(text);
    if (isFolded && lineBreak !== '' && !wasDeeper && !isDeeper) content += emptyLines === '' ? ' ' : '';
    else content += lineBreak;
    content += emptyLines + text;
    emptyLines = '';
    lineBreak = isTerminated ? '\n' : '';
    wasDeeper = isDeeper;
  }
  if (chomping === '-') return content;
  return chomping === '+' ? content + lineBreak + emptyLines : content + lineBreak;
}

/**
 * Reads a literal or folded scalar and leaves the cursor behind its last line. Without a final line break in the
 * text there is none in the content either, as in Go.
 */
export function readBlockScalar(cursor: Cursor, parentIndent: number): YamlScalar {
  const { text, offset: start } = cursor;
  header.lastIndex = start;
  const found = header.exec(text) ?? cursor.decline();
  const explicit = found[1] ?? found[4];
  const chomping = found[2] ?? found[3] ?? '';
  const headerEnd = start + found[0].length;
  cursor.offset = headerEnd;
  cursor.skipSpaces();
  if (!cursor.isAtLineEnd()) cursor.decline();
  const headerBreak = text.indexOf('\n', cursor.offset);
  cursor.offset = headerBreak < 0 ? cursor.length : headerBreak + 1;
  const indent =
    explicit === undefined ? findIndent(cursor, cursor.offset, parentIndent) : parentIndent + Number(explicit);
  // At the top of a document the counting of readers differs.
  if (parentIndent < 0 && (explicit !== undefined || indent === 0)) cursor.decline();
  const lines = readLines(cursor, indent);
  const content = joinLines(lines, cursor.code(start) === Char.Greater, chomping);
  let end = cursor.offset;
  while (end > headerBreak && /\s/.test(text[end - 1] ?? '')) end--;
  const style = cursor.code(start) === Char.Greater ? 'folded' : 'literal';
  if (cursor.offset > start && text[cursor.offset - 1] === '\n') cursor.offset--;
  return { kind: 'scalar', start, end: end <= headerBreak || headerBreak < 0 ? headerEnd : end, style, text: content };
}
