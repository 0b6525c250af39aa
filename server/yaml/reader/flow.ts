import { type YamlAlias, type YamlEntry, type YamlNode } from '../node';
import { Char, type Cursor } from './cursor';
import { readFlowPlain } from './plain';
import { applyProperties, emptyScalar, readAnchorName, readProperties } from './properties';
import { readDoubleQuoted, readSingleQuoted } from './quoted';

/** Reads `*name`. Its target is set once the whole document is read. */
export function readAlias(cursor: Cursor): YamlAlias {
  const start = cursor.offset++;
  const name = readAnchorName(cursor);
  return { kind: 'alias', start, end: cursor.offset, name, target: undefined };
}

/** Skips blanks, line breaks and comments; any column will do inside brackets, as in go-yaml. */
function skipBetween(cursor: Cursor): Char {
  for (;;) {
    const code = cursor.skipSpaces();
    if (code === Char.Hash && cursor.isCommentStart(cursor.offset)) {
      const newline = cursor.text.indexOf('\n', cursor.offset);
      cursor.offset = newline < 0 ? cursor.length : newline;
    } else if (code === Char.Tab && cursor.isFlowRoot) cursor.offset++;
    else if (code === Char.Newline) {
      cursor.offset++;
      if (cursor.isMarker(cursor.offset)) cursor.decline();
    } else if (code === Char.Return && cursor.code(cursor.offset + 1) === Char.Newline) cursor.offset++;
    else return code;
  }
}

function readItem(cursor: Cursor): YamlNode {
  const properties = readProperties(cursor);
  const code = properties === undefined ? cursor.code(cursor.offset) : skipBetween(cursor);
  if (properties !== undefined && (code === Char.Comma || code === Char.CloseBrace || code === Char.CloseBracket)) {
    return emptyScalar(cursor, properties);
  }
  if (properties !== undefined && code === Char.Colon) cursor.decline();
  return applyProperties(cursor, readBare(cursor, code), properties);
}

function readBare(cursor: Cursor, code: Char): YamlNode {
  if (code === Char.OpenBracket || code === Char.OpenBrace) return readFlow(cursor);
  if (code === Char.SingleQuote) return readSingleQuoted(cursor);
  if (code === Char.DoubleQuote) return readDoubleQuoted(cursor);
  if (code === Char.Asterisk) return readAlias(cursor);
  return readFlowPlain(cursor);
}

/** A key in braces must stand on one line with its colon, as go-yaml demands. */
function readEntry(cursor: Cursor): YamlEntry {
  const start = cursor.offset;
  const key = readItem(cursor);
  if (key.kind === 'alias') cursor.decline();
  if (skipBetween(cursor) !== Char.Colon) return { key, colon: -1, value: undefined };
  const colon = cursor.offset;
  // The length first: looking for the end of the line would read all of a file of one line for each of its keys.
  if (colon - start > 1000 || cursor.text.slice(start, colon).includes('\n')) cursor.decline();
  cursor.offset++;
  const isJsonKey = key.kind !== 'scalar' || key.style !== 'plain';
  if (!cursor.isBreakOrBlank(cursor.offset) && (!isJsonKey || colon !== key.end)) cursor.decline();
  const next = skipBetween(cursor);
  const value = next === Char.Comma || next === Char.CloseBrace ? undefined : readItem(cursor);
  return { key, colon, value };
}

/** Reads `[…]` or `{…}`; the cursor ends behind the closing bracket. */
export function readFlow(cursor: Cursor): YamlNode {
  cursor.descend();
  const start = cursor.offset;
  const isMap = cursor.code(start) === Char.OpenBrace;
  const close = isMap ? Char.CloseBrace : Char.CloseBracket;
  const entries: YamlEntry[] = [];
  const items: YamlNode[] = [];
  cursor.offset++;
  while (skipBetween(cursor) !== close) {
    if (isMap) entries.push(readEntry(cursor));
    else items.push(readItem(cursor));
    const next = skipBetween(cursor);
    if (next === Char.Comma) cursor.offset++;
    else if (next !== close) cursor.decline();
  }
  cursor.offset++;
  cursor.ascend();
  const end = cursor.offset;
  return isMap
    ? { kind: 'map', start, end, flow: true, entries }
    : { kind: 'sequence', start, end, flow: true, items, dashes: [] };
}
