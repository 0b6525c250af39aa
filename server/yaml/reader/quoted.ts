import { type YamlScalar } from '../node';
import { Char, codeAt, type Cursor } from './cursor';

// Without `\\/`, which YAML 1.2 has and go-yaml refuses.
const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const hexLengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);
const hexDigits = /^[0-9A-Fa-f]+$/;

/**
 * Passes a line break inside quotes: returns what it folds to. Continuation lines may stand at any column,
 * as in go-yaml, behind tabs too (YAML 1.2 wants them deeper than the parent).
 */
function foldBreak(cursor: Cursor, from: number): string {
  let breaks = 0;
  let at = from;
  for (;;) {
    if (cursor.code(at) === Char.Return && cursor.code(at + 1) === Char.Newline) at++;
    if (cursor.code(at) !== Char.Newline) break;
    breaks++;
    at++;
    if (cursor.isMarker(at)) cursor.decline();
    while (cursor.code(at) === Char.Space || cursor.code(at) === Char.Tab) at++;
  }
  cursor.offset = at;
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
}

function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return text.slice(0, end);
}

/** Index of the first line break in a stretch of the text, its `\r` counted; `to` when there is none. */
function breakBefore(cursor: Cursor, from: number, to: number): number {
  const { text } = cursor;
  for (let at = from; at < to; at++) {
    const code = codeAt(text, at);
    if (code === Char.Newline) return at;
    if (code === Char.Return) return cursor.code(at + 1) === Char.Newline ? at : cursor.decline();
  }
  return to;
}

/** Reads `'…'`; the cursor ends behind the closing quote. */
export function readSingleQuoted(cursor: Cursor): YamlScalar {
  const { text } = cursor;
  const start = cursor.offset++;
  let content = '';
  for (;;) {
    const from = cursor.offset;
    const quote = text.indexOf("'", from);
    if (quote < 0) cursor.decline();
    const stop = breakBefore(cursor, from, quote);
    if (stop < quote) {
      content += trimBlanks(text.slice(from, stop));
      content += foldBreak(cursor, stop);
      continue;
    }
    content += text.slice(from, quote);
    cursor.offset = quote + 1;
    if (cursor.code(quote + 1) !== Char.SingleQuote) break;
    content += "'";
    cursor.offset++;
  }
  return { kind: 'scalar', start, end: cursor.offset, style: 'single', text: content };
}

function readEscape(cursor: Cursor, backslash: number): string {
  const letter = cursor.text[backslash + 1] ?? '';
  const simple = escapes.get(letter);
  if (simple !== undefined) {
    cursor.offset = backslash + 2;
    return simple;
  }
  const length = hexLengths.get(letter) ?? cursor.decline();
  const digits = cursor.text.slice(backslash + 2, backslash + 2 + length);
  const code = Number.parseInt(digits, 16);
  const isScalarValue = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  if (digits.length < length || !hexDigits.test(digits) || !isScalarValue) cursor.decline();
  cursor.offset = backslash + 2 + length;
  return String.fromCodePoint(code);
}

/** Reads `"…"`; the cursor ends behind the closing quote. */
export function readDoubleQuoted(cursor: Cursor): YamlScalar {
  const { text, length } = cursor;
  const start = cursor.offset++;
  let content = '';
  let from = cursor.offset;
  let at = from;
  for (; ; at++) {
    if (at >= length) cursor.decline();
    const code = codeAt(text, at);
    if (code === Char.DoubleQuote) break;
    if (code === Char.Backslash) {
      content += text.slice(from, at);
      const next = cursor.code(at + 1);
      if (next === Char.Newline || (next === Char.Return && cursor.code(at + 2) === Char.Newline)) {
        // An escaped break joins the lines; empty lines behind it still count.
        const folded = foldBreak(cursor, at + 1);
        content += folded === ' ' ? '' : folded;
      } else content += readEscape(cursor, at);
      from = cursor.offset;
      at = from - 1;
    } else if (code === Char.Newline || code === Char.Return) {
      if (code === Char.Return && cursor.code(at + 1) !== Char.Newline) cursor.decline();
      content += trimBlanks(text.slice(from, at));
      content += foldBreak(cursor, at);
      from = cursor.offset;
      at = from - 1;
    }
  }
  content += text.slice(from, at);
  cursor.offset = at + 1;
  return { kind: 'scalar', start, end: at + 1, style: 'double', text: content };
}
