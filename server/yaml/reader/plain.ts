import { type YamlScalar } from '../node';
import { Char, codeAt, type Cursor } from './cursor';

const flowIndicators: ReadonlySet<Char> = new Set([
  Char.Comma,
  Char.OpenBracket,
  Char.CloseBracket,
  Char.OpenBrace,
  Char.CloseBrace,
]);

/** Characters that no plain scalar starts with. */
const neverFirst: ReadonlySet<Char> = new Set([
  ...flowIndicators,
  Char.Hash,
  Char.Ampersand,
  Char.Asterisk,
  Char.Exclamation,
  Char.Bar,
  Char.Greater,
  Char.SingleQuote,
  Char.DoubleQuote,
  Char.Percent,
  Char.At,
  Char.Backtick,
  Char.Space,
  Char.Tab,
  Char.Newline,
  Char.Return,
  Char.End,
]);

export function isFlowIndicator(code: Char): boolean {
  return flowIndicators.has(code);
}

/**
 * Moves to where plain text stops on this line: a colon before a blank, a comment, the line's end.
 * Returns the offset behind the last character that is not blank.
 */
function scanLine(cursor: Cursor): number {
  const { text, length } = cursor;
  let at = cursor.offset;
  let end = at;
  for (; at < length; at++) {
    const code = codeAt(text, at);
    if (code === Char.Newline) break;
    if (code === Char.Space || code === Char.Tab) continue;
    if (code === Char.Colon) {
      if (cursor.isBreakOrBlank(at + 1)) break;
    } else if (code === Char.Hash) {
      if (end < at && cursor.isCommentStart(at)) break;
    } else if (code === Char.Return) {
      if (cursor.code(at + 1) !== Char.Newline) cursor.decline();
      break;
    }
    end = at + 1;
  }
  cursor.offset = at;
  return end;
}

function checkFirst(cursor: Cursor): void {
  const first = cursor.code(cursor.offset);
  if (neverFirst.has(first)) cursor.decline();
  if (first === Char.Dash || first === Char.Question || first === Char.Colon) {
    if (cursor.isBreakOrBlank(cursor.offset + 1)) cursor.decline();
  }
}

/** Reads the first line of a plain scalar in block context; the cursor stops at what ended it. */
export function readPlainLine(cursor: Cursor): YamlScalar {
  checkFirst(cursor);
  const start = cursor.offset;
  const end = scanLine(cursor);
  return { kind: 'scalar', start, end, style: 'plain', text: cursor.text.slice(start, end) };
}

/** Adds the lines below that belong to a plain scalar: those deeper than its parent, up to a comment. */
export function continuePlain(cursor: Cursor, first: YamlScalar, parentIndent: number): YamlScalar {
  let { text, end } = first;
  for (;;) {
    let at = cursor.offset;
    if (cursor.code(at) === Char.Hash || cursor.code(at) === Char.Colon) break;
    let breaks = 0;
    let lineStart = at;
    for (;;) {
      if (cursor.code(at) === Char.Return && cursor.code(at + 1) === Char.Newline) at++;
      if (cursor.code(at) !== Char.Newline) break;
      breaks++;
      lineStart = ++at;
      while (cursor.code(at) === Char.Space) at++;
    }
    const column = at - lineStart;
    const code = cursor.code(at);
    if (breaks === 0 || column <= parentIndent || code === Char.Hash || code === Char.End) break;
    if (code === Char.Tab || (column === 0 && cursor.isMarker(at))) cursor.decline();
    cursor.offset = at;
    end = scanLine(cursor);
    if (end === at || cursor.code(cursor.offset) === Char.Colon) cursor.decline();
    text += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + cursor.text.slice(at, end);
  }
  return end === first.end ? first : { ...first, end, text };
}

/** Reads a plain scalar inside brackets; it must end on its line. */
export function readFlowPlain(cursor: Cursor): YamlScalar {
  checkFirst(cursor);
  const { text, length } = cursor;
  const start = cursor.offset;
  // A colon always ends a key there for go-yaml.
  if (cursor.code(start) === Char.Colon) cursor.decline();
  let at = start;
  let end = start;
  for (; at < length; at++) {
    const code = codeAt(text, at);
    if (code === Char.Newline || flowIndicators.has(code)) break;
    if (code === Char.Space || code === Char.Tab) continue;
    if (code === Char.Colon) {
      if (cursor.isBreakOrBlank(at + 1)) break;
      // go-yaml takes such a colon into the scalar, YAML 1.2 does not.
      if (flowIndicators.has(cursor.code(at + 1))) cursor.decline();
    } else if (code === Char.Hash) {
      if (end < at && cursor.isCommentStart(at)) break;
    } else if (code === Char.Question) {
      // go-yaml ends the scalar here and then finds no comma.
      cursor.decline();
    } else if (code === Char.Return) {
      if (cursor.code(at + 1) !== Char.Newline) cursor.decline();
      break;
    } else if (code === Char.Dash && at === start && flowIndicators.has(cursor.code(at + 1))) cursor.decline();
    end = at + 1;
  }
  cursor.offset = at;
  return { kind: 'scalar', start, end, style: 'plain', text: text.slice(start, end) };
}
