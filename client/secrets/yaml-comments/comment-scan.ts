import { type CommentGroup, type CommentLine } from './comment-group';
import { type Cursor, isBlank, isBreak, isBreakOrEnd } from './cursor';

/** go-yaml looks no further ahead over blanks and empty lines. */
const farthest = 512;

function readLine(cursor: Cursor, start: number): CommentLine {
  cursor.moveTo(start);
  while (!isBreakOrEnd(cursor.peek())) cursor.skip();
  return { start, end: cursor.at };
}

/**
 * The comment on the rest of the line, read by the cursor; undefined when there is none.
 * @param token offset of the token it belongs to
 */
export function scanLineComment(cursor: Cursor, token: number): CommentGroup | undefined {
  if (cursor.newlines > 0) return undefined;
  let ahead = 0;
  while (ahead < farthest && isBlank(cursor.peek(ahead))) ahead++;
  if (ahead === farthest || cursor.peek(ahead) !== '#') return undefined;
  const line = cursor.atLine;
  const text = [readLine(cursor, cursor.at + ahead)];
  return { role: 'line', text, token, scan: 0, line, column: 0, end: 0, isTaken: false };
}

/** What comments on lines of their own are judged by. */
export interface CommentContext {
  /** Where the search for the next token began: offset and line. */
  readonly scan: { readonly index: number; readonly line: number };
  /** The token before them. */
  readonly token: { readonly start: number; readonly isValueMark: boolean };
  /** Column of the innermost block; 0 outside of any. */
  readonly indent: number;
  readonly isInFlow: boolean;
}

/**
 * The comments from a `#` at the cursor up to the next token, in groups: an empty line or another indentation ends a group, and
 * decides whether it is about what stands above it or below. Follows go-yaml v3 scannerc.go, `yaml_parser_scan_comments`, its
 * counting of lines and columns included, since who wrote the file had its comments attached by that.
 */
export function scanComments(cursor: Cursor, { scan, token, indent, isInFlow }: CommentContext): CommentGroup[] {
  const groups: CommentGroup[] = [];
  let text: (CommentLine | undefined)[] = [];
  let start = { index: 0, line: 0, column: 0 };
  let scanFrom = scan.index;
  let belongsTo = token.start;
  let line = cursor.atLine;
  let column = cursor.atColumn;
  let isBelowEmpty = false;
  let isFirstEmpty = cursor.newlines <= 1;
  const footLine = footLineOf(cursor, scan.line);
  let ahead = 0;

  const endFoot = (): void => {
    const end = cursor.at + ahead;
    groups.push({ ...start, role: 'foot', text, token: belongsTo, scan: scanFrom, end, isTaken: false });
    scanFrom = end;
    belongsTo = end;
    text = [];
  };

  for (; ahead < farthest; ahead++) {
    column++;
    const char = cursor.peek(ahead);
    if (isBlank(char)) continue;
    const closesFlow = isInFlow && (char === ']' || char === '}');
    const isDedented = start.column - 1 < indent;
    if (closesFlow || isBreakOrEnd(char)) {
      if (closesFlow || !isBelowEmpty) {
        const isFoot = closesFlow || (isFirstEmpty && ((start.line === footLine && !token.isValueMark) || isDedented));
        if (text.length > 0 && isFoot) {
          // What stands less deep than the block is not about the token before it.
          if (isDedented) belongsTo = start.index;
          endFoot();
        } else if (text.length > 0 && char !== undefined) text.push(undefined);
      }
      if (!isBreak(char)) break;
      isFirstEmpty = false;
      isBelowEmpty = true;
      column = 0;
      line++;
      continue;
    }
    if (text.length > 0 && column - 1 < indent && column !== start.column) endFoot();
    if (char !== '#') break;
    const at = cursor.at + ahead;
    if (text.length === 0) start = { index: at, line, column };
    isBelowEmpty = false;
    text.push(readLine(cursor, at));
    // The break behind the comment is not looked at again, and the line of what follows counts as this one.
    ahead = 0;
    column = 0;
    line = cursor.atLine;
  }
  if (text.length > 0) {
    const end = cursor.at + ahead - 1;
    groups.push({ ...start, role: 'head', text, token: start.index, scan: scanFrom, end, isTaken: false });
  }
  return groups;
}

/** The line on which a comment has to begin to be about what stands above it; -1 for none. */
function footLineOf(cursor: Cursor, scanLine: number): number {
  if (scanLine === 0) return -1;
  const isBehindContent = cursor.newlines === 0 && cursor.atColumn > 1;
  return cursor.atLine - cursor.newlines + (isBehindContent ? 2 : 1);
}
