import { type YamlEntry, type YamlMap, type YamlNode, type YamlScalar, type YamlSequence } from '../node';
import { readBlockScalar } from './block-scalar';
import { Char, type Cursor } from './cursor';
import { readAlias, readFlow } from './flow';
import { continuePlain, readPlainLine } from './plain';
import { applyProperties, emptyScalar, readProperties, type Properties } from './properties';
import { readDoubleQuoted, readSingleQuoted } from './quoted';

// Every function here leaves the cursor at the next content of the document, on another line than what it read.

/** A key and its colon further apart are an error in go-yaml; it counts bytes, so the bound is kept lower. */
const longestKey = 250;

/** A key of ordinary characters, with its colon. */
export const nextKey = /[\w./-]+:[ \r\n]/y;

export function isDash(cursor: Cursor): boolean {
  return cursor.code(cursor.offset) === Char.Dash && cursor.isBreakOrBlank(cursor.offset + 1);
}

/** A scalar, bracket or alias on this line, without its continuation; the cursor stays behind it. */
function readInline(cursor: Cursor, code: Char): YamlNode {
  if (code === Char.OpenBracket || code === Char.OpenBrace) return readFlow(cursor);
  if (code === Char.SingleQuote) return readSingleQuoted(cursor);
  if (code === Char.DoubleQuote) return readDoubleQuoted(cursor);
  if (code === Char.Asterisk) return readAlias(cursor);
  return readPlainLine(cursor);
}

/** Completes what readInline began, where it is known not to be a key. */
function finishInline(cursor: Cursor, node: YamlNode, parentIndent: number): YamlNode {
  const whole = node.kind === 'scalar' && node.style === 'plain' ? continuePlain(cursor, node, parentIndent) : node;
  cursor.toNextContent();
  return whole;
}

function finishBlockScalar(cursor: Cursor, parentIndent: number): YamlScalar {
  const node = readBlockScalar(cursor, parentIndent);
  // The header was on the line the cursor would otherwise have to leave.
  cursor.toNextContent();
  return node;
}

/** True when a node that was just read turns out to be a key. */
function isAtColon(cursor: Cursor): boolean {
  return cursor.skipSpaces() === Char.Colon && cursor.isBreakOrBlank(cursor.offset + 1);
}

/** After `-`, `key:` or properties with nothing more on the line: the node on the lines below, if any. */
function readBelow(cursor: Cursor, parentIndent: number, isMapValue: boolean): YamlNode | undefined {
  cursor.toNextContent();
  if (cursor.column > parentIndent) return readNode(cursor, parentIndent);
  if (isMapValue && cursor.column === parentIndent && isDash(cursor)) return readSequence(cursor, parentIndent);
  return undefined;
}

function readBelowProperties(cursor: Cursor, properties: Properties, indent: number, isMapValue: boolean): YamlNode {
  const below = readBelow(cursor, indent, isMapValue);
  return below === undefined ? emptyScalar(cursor, properties) : applyProperties(cursor, below, properties);
}

/** Reads the node at the cursor, which may be a block collection. */
export function readNode(cursor: Cursor, parentIndent: number): YamlNode {
  cursor.descend();
  const node = isDash(cursor) ? readSequence(cursor, cursor.column) : readMapOrScalar(cursor, parentIndent);
  cursor.ascend();
  return node;
}

function readMapOrScalar(cursor: Cursor, parentIndent: number): YamlNode {
  const start = cursor.offset;
  const indent = cursor.column;
  const properties = readProperties(cursor);
  if (properties !== undefined && cursor.isAtLineEnd()) {
    return readBelowProperties(cursor, properties, parentIndent, false);
  }
  const code = cursor.code(cursor.offset);
  if (code === Char.Bar || code === Char.Greater) {
    return applyProperties(cursor, finishBlockScalar(cursor, parentIndent), properties);
  }
  if (properties !== undefined && isDash(cursor)) cursor.decline();
  const node = readInline(cursor, code);
  if (!isAtColon(cursor)) {
    if (properties === undefined && isUnfinishedKey(cursor, node, indent)) return readMap(cursor, indent, node);
    return applyProperties(cursor, finishInline(cursor, node, parentIndent), properties);
  }
  return readMap(cursor, indent, applyProperties(cursor, acceptKey(cursor, node, start), properties));
}

function isWordOnLine(cursor: Cursor, node: YamlNode): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && cursor.isAtLineEnd();
}

/** True for a plain text alone on its line when the next line of the same column is a key: no text goes on there. */
function isUnfinishedKey(cursor: Cursor, node: YamlNode, indent: number): boolean {
  if (!isWordOnLine(cursor, node)) return false;
  const lineEnd = cursor.text.indexOf('\n', cursor.offset);
  if (lineEnd < 0) return false;
  let at = lineEnd + 1;
  while (cursor.code(at) === Char.Space) at++;
  if (at - lineEnd - 1 !== indent) return false;
  nextKey.lastIndex = at;
  return nextKey.test(cursor.text);
}

export function passUnfinishedKey(cursor: Cursor, key: YamlNode): void {
  const { start, end } = key;
  const message = `A colon is missing after the key '${cursor.text.slice(start, end)}'.`;
  cursor.faults.push({ code: 'syntax', start, end, message });
  cursor.toNextContent();
}

function acceptKey(cursor: Cursor, key: YamlNode, start: number): YamlNode {
  const isPlain = key.kind === 'scalar' && key.style === 'plain';
  if (cursor.offset - start > longestKey) cursor.decline();
  // Without a blank the colon would be part of the alias in YAML 1.2.
  if (key.kind === 'alias' && cursor.offset === key.end) cursor.decline();
  if (!isPlain && cursor.text.slice(start, cursor.offset).includes('\n')) cursor.decline();
  return key;
}

export function readKey(cursor: Cursor): YamlNode {
  const start = cursor.offset;
  const properties = readProperties(cursor);
  const key = readInline(cursor, cursor.code(cursor.offset));
  if (!isAtColon(cursor) && (properties !== undefined || !isWordOnLine(cursor, key))) cursor.decline();
  return applyProperties(cursor, acceptKey(cursor, key, start), properties);
}

function readMap(cursor: Cursor, indent: number, firstKey: YamlNode): YamlMap {
  const entries: YamlEntry[] = [];
  let end = firstKey.end;
  for (let key = firstKey; ; key = readKey(cursor)) {
    if (cursor.code(cursor.offset) === Char.Colon) {
      const colon = cursor.offset++;
      const value = readValue(cursor, indent);
      entries.push({ key, colon, value });
      end = value === undefined ? colon + 1 : value.end;
    } else {
      entries.push({ key, colon: -1, value: undefined });
      end = key.end;
      passUnfinishedKey(cursor, key);
    }
    if (cursor.column !== indent) break;
  }
  if (cursor.column > indent) cursor.decline();
  return { kind: 'map', start: firstKey.start, end, flow: false, entries };
}

/** What stands after the colon of a key whose map has this indent. */
export function readValue(cursor: Cursor, indent: number): YamlNode | undefined {
  cursor.skipSpaces();
  if (cursor.isAtLineEnd()) return readBelow(cursor, indent, true);
  const properties = readProperties(cursor);
  if (properties !== undefined && cursor.isAtLineEnd()) return readBelowProperties(cursor, properties, indent, true);
  const code = cursor.code(cursor.offset);
  const node =
    code === Char.Bar || code === Char.Greater
      ? finishBlockScalar(cursor, indent)
      : finishInline(cursor, readInline(cursor, code), indent);
  return applyProperties(cursor, node, properties);
}

function readSequence(cursor: Cursor, indent: number): YamlSequence {
  const start = cursor.offset;
  const items: (YamlNode | undefined)[] = [];
  const dashes: number[] = [];
  let end = start;
  while (cursor.column === indent && isDash(cursor)) {
    const dash = cursor.offset++;
    cursor.skipSpaces();
    let item: YamlNode | undefined;
    if (cursor.isAtLineEnd()) item = readBelow(cursor, indent, false);
    else {
      cursor.column = indent + (cursor.offset - dash);
      item = readNode(cursor, indent);
    }
    items.push(item);
    dashes.push(dash);
    end = item === undefined ? dash + 1 : item.end;
  }
  if (cursor.column > indent) cursor.decline();
  return { kind: 'sequence', start, end, flow: false, items, dashes };
}
