import { type Steps } from '../../model/steps';
import { type SyntaxFault } from '../document';
import { type YamlNode } from '../node';
import { readNode } from './block';
import { Char, Cursor, ReadingStopped } from './cursor';
import { readNodeInSteps } from './read-in-steps';

/**
 * `too-deep` names the offset of the node that was one too many; `declined` where reading stopped, at the fault or close
 * behind it.
 */
export type Reading =
  | { readonly kind: 'read'; readonly root: YamlNode | undefined; readonly faults: readonly SyntaxFault[] }
  | { readonly kind: 'too-deep' | 'declined'; readonly offset: number };

/**
 * Reads an ordinary document of YAML as go-yaml v3 takes it. Declined: the text is wrong, or of a kind that this
 * reader leaves to a complete one (directives, explicit keys, tabs as indentation, odd tags …). The one error it
 * passes over itself is a key that still lacks its colon: it is there most of the time while somebody types.
 */
export function readDocument(text: string): Reading {
  const cursor = new Cursor(text);
  try {
    return read(cursor, toRoot(cursor) ? readNode(cursor, -1) : undefined);
  } catch (stop) {
    return stopped(cursor, stop);
  }
}

/** {@link readDocument} with pauses, for a long text. */
export function* readDocumentInSteps(text: string): Steps<Reading> {
  const cursor = new Cursor(text);
  try {
    return read(cursor, toRoot(cursor) ? yield* readNodeInSteps(cursor, -1) : undefined);
  } catch (stop) {
    return stopped(cursor, stop);
  }
}

function read(cursor: Cursor, root: YamlNode | undefined): Reading {
  if (root !== undefined && cursor.column >= 0) cursor.decline();
  return { kind: 'read', root, faults: cursor.faults };
}

function stopped(cursor: Cursor, stop: unknown): Reading {
  if (!(stop instanceof ReadingStopped)) throw stop;
  return { kind: stop.reason === 'too-deep' ? 'too-deep' : 'declined', offset: cursor.offset };
}

/** Moves to the first content; false where there is none. */
function toRoot(cursor: Cursor): boolean {
  if (cursor.text.startsWith('\ufeff')) cursor.offset = 1;
  if (!skipToContent(cursor)) return false;
  if (cursor.column === 0 && cursor.code(cursor.offset) === Char.Dash && cursor.isMarker(cursor.offset)) {
    if (!passMarker(cursor)) return false;
  }
  if (cursor.column === 0 && cursor.isMarker(cursor.offset)) cursor.decline();
  if (cursor.code(cursor.offset) === Char.Percent) cursor.decline();
  const first = cursor.code(cursor.offset);
  cursor.isFlowRoot = first === Char.OpenBrace || first === Char.OpenBracket;
  return true;
}

/** Passes the `---` of the document; false when nothing follows. */
function passMarker(cursor: Cursor): boolean {
  cursor.offset += 3;
  cursor.toNextContent();
  if (cursor.offset >= cursor.length) return false;
  // kustomize cuts a file at its markers first, so that each document may begin with a byte order mark.
  if (cursor.column === 0 && cursor.code(cursor.offset) === Char.ByteOrderMark) cursor.offset++;
  return true;
}

/** Passes blank and comment lines above the document's marker; false when nothing else is there. */
function skipToContent(cursor: Cursor): boolean {
  const lineStart = cursor.offset;
  const code = cursor.skipSpaces();
  if (code === Char.Tab) cursor.decline();
  cursor.column = cursor.offset - lineStart;
  if (!cursor.isAtLineEnd()) return true;
  for (;;) {
    const newline = cursor.text.indexOf('\n', cursor.offset);
    if (newline < 0) return false;
    cursor.offset = newline + 1;
    const next = cursor.skipSpaces();
    if (next === Char.Tab) cursor.decline();
    cursor.column = cursor.offset - newline - 1;
    if (!cursor.isAtLineEnd()) return true;
  }
}
