import { type Steps } from '../../model/steps';
import { type YamlEntry, type YamlMap, type YamlNode, type YamlSequence } from '../node';
import { isDash, nextKey, passUnfinishedKey, readKey, readNode, readValue } from './block';
import { Char, type Cursor } from './cursor';

// A long document is read with pauses. Generators cost too much for the short ones, which are nearly all, so block
// collections, and they alone, are written a second time here; test/conformance/yaml and test/unit/yaml compare both.

/** UTF-16 units between two pauses: about two milliseconds, for code that was not optimized yet. */
const stretch = 16_384;

/** {@link readNode} with pauses between the entries of block collections. */
export function* readNodeInSteps(cursor: Cursor, parentIndent: number): Steps<YamlNode> {
  if (!isDash(cursor) && !isPlainKey(cursor)) return readNode(cursor, parentIndent);
  cursor.descend();
  const node = isDash(cursor) ? yield* sequence(cursor, cursor.column) : yield* map(cursor, cursor.column);
  cursor.ascend();
  return node;
}

/** Whether an ordinary key begins here: others, and all that is no block collection, are read at once. */
function isPlainKey(cursor: Cursor): boolean {
  nextKey.lastIndex = cursor.offset;
  return nextKey.test(cursor.text);
}

function* map(cursor: Cursor, indent: number): Steps<YamlMap> {
  const { offset: start } = cursor;
  const entries: YamlEntry[] = [];
  let end = start;
  let pause = start + stretch;
  do {
    const key = readKey(cursor);
    if (cursor.code(cursor.offset) === Char.Colon) {
      const colon = cursor.offset++;
      cursor.skipSpaces();
      const value = cursor.isAtLineEnd() ? yield* below(cursor, indent, true) : readValue(cursor, indent);
      entries.push({ key, colon, value });
      end = value === undefined ? colon + 1 : value.end;
    } else {
      entries.push({ key, colon: -1, value: undefined });
      end = key.end;
      passUnfinishedKey(cursor, key);
    }
    if (cursor.offset > pause) {
      yield;
      pause = cursor.offset + stretch;
    }
  } while (cursor.column === indent);
  if (cursor.column > indent) cursor.decline();
  return { kind: 'map', start, end, flow: false, entries };
}

function* below(cursor: Cursor, parentIndent: number, isMapValue: boolean): Steps<YamlNode | undefined> {
  cursor.toNextContent();
  if (cursor.column > parentIndent) return yield* readNodeInSteps(cursor, parentIndent);
  if (isMapValue && cursor.column === parentIndent && isDash(cursor)) return yield* sequence(cursor, parentIndent);
  return undefined;
}

function* sequence(cursor: Cursor, indent: number): Steps<YamlSequence> {
  const { offset: start } = cursor;
  const items: (YamlNode | undefined)[] = [];
  const dashes: number[] = [];
  let end = start;
  let pause = start + stretch;
  while (cursor.column === indent && isDash(cursor)) {
    const dash = cursor.offset++;
    cursor.skipSpaces();
    let item: YamlNode | undefined;
    if (cursor.isAtLineEnd()) item = yield* below(cursor, indent, false);
    else {
      cursor.column = indent + (cursor.offset - dash);
      item = yield* readNodeInSteps(cursor, indent);
    }
    items.push(item);
    dashes.push(dash);
    end = item === undefined ? dash + 1 : item.end;
    if (cursor.offset > pause) {
      yield;
      pause = cursor.offset + stretch;
    }
  }
  if (cursor.column > indent) cursor.decline();
  return { kind: 'sequence', start, end, flow: false, items, dashes };
}
