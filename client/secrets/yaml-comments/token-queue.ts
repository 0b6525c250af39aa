import { type CommentGroup } from './comment-group';
import { scanComments, scanLineComment } from './comment-scan';
import { Cursor, isBlank, isBreak, isBreakOrEnd, type Mark } from './cursor';
import { PossibleKeys } from './possible-keys';
import { type ScalarSpan } from './scalar-spans';
import { flowMarks, propertyMarks, type Token, type TokenKind } from './token';

/** So many tokens are read ahead, since a comment below a token can belong to it. */
const lookahead = 2;

/**
 * The tokens of a valid YAML text and the comments found between them, in the order and with the lookahead of go-yaml v3
 * (scannerc.go): which token takes a comment depends on which tokens were read when it was found. Content of scalars is not read
 * here; their ends are given.
 */
export class TokenQueue {
  /** Groups in the order in which they were found. */
  readonly comments: CommentGroup[] = [];
  private readonly cursor: Cursor;
  private readonly tokens: Token[] = [];
  private head = 0;
  private isAvailable = false;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private isKeyAllowed = true;
  private readonly keys = new PossibleKeys();

  constructor(
    text: string,
    private readonly scalars: ReadonlyMap<number, ScalarSpan>,
  ) {
    this.cursor = new Cursor(text);
  }

  /** The next token, which stays. */
  peek(): Token {
    if (!this.isAvailable) this.fetchMore();
    return this.tokens[this.head] ?? { kind: 'stream-end', start: this.cursor.at };
  }

  /** Takes the token that was peeked at. */
  skip(): void {
    this.isAvailable = false;
    this.head++;
  }

  private fetchMore(): void {
    for (;;) {
      const isEnough = this.head < this.tokens.length - lookahead;
      if (isEnough && !this.keys.isPending(this.head, this.cursor.mark)) break;
      this.fetchNext();
    }
    this.isAvailable = true;
  }

  private push(kind: TokenKind, start = this.cursor.at): void {
    this.tokens.push({ kind, start });
  }

  private fetchNext(): void {
    const { cursor } = this;
    if (this.tokens.length === 0) return this.push('stream-start');
    const scan = cursor.mark;
    this.scanToNextToken(scan);
    this.unroll(cursor.atColumn, scan.index);
    if (cursor.peek() === undefined) return this.fetchStreamEnd();
    if (cursor.atColumn === 0) {
      if (cursor.peek() === '%') return this.fetchDirective();
      if (this.isAtMarker('---')) return this.fetchMarker('document-start');
      if (this.isAtMarker('...')) return this.fetchMarker('document-end');
    }
    // What follows a `:` or `,` is about the token before it.
    const isMark = cursor.peek() === (this.flowLevel > 0 ? ',' : ':');
    const owner = isMark ? (this.tokens.at(-1)?.start ?? cursor.at) : cursor.at;
    this.fetchToken();
    // A comment behind a dash alone is about what follows.
    if (this.tokens.at(-1)?.kind !== 'block-entry') this.add(scanLineComment(cursor, owner));
  }

  private add(group: CommentGroup | undefined): void {
    if (group !== undefined) this.comments.push(group);
  }

  private isAtMarker(marker: string): boolean {
    const { cursor } = this;
    for (let index = 0; index < 3; index++) if (cursor.peek(index) !== marker[index]) return false;
    return isBlank(cursor.peek(3)) || isBreakOrEnd(cursor.peek(3));
  }

  private scanToNextToken(scan: Mark): void {
    const { cursor } = this;
    for (;;) {
      while (cursor.peek() === ' ' || ((this.flowLevel > 0 || !this.isKeyAllowed) && cursor.peek() === '\t'))
        cursor.skip();
      this.turnIntoHead();
      if (cursor.peek() === '#') this.fetchComments(scan);
      if (!isBreak(cursor.peek())) return;
      cursor.skipBreak();
      if (this.flowLevel === 0) this.isKeyAllowed = true;
    }
  }

  /** A comment behind a key whose list begins below it is above the first item of that. */
  private turnIntoHead(): void {
    const { cursor } = this;
    const comment = this.comments.at(-1);
    if (comment?.role !== 'line' || comment.isTaken || isBreak(cursor.peek())) return;
    if (this.tokens.at(-2)?.kind !== 'block-list-start' || this.tokens.at(-1)?.kind !== 'block-entry') return;
    comment.role = 'head';
    if (comment.line === cursor.atLine - 1) comment.token = cursor.at;
  }

  private fetchComments({ index, line }: Mark): void {
    const { tokens, cursor } = this;
    const last = tokens.at(-1);
    const token = last?.kind === 'flow-entry' ? (tokens.at(-2) ?? last) : last;
    if (token === undefined) return;
    const groups = scanComments(cursor, {
      scan: { index, line },
      token: { start: token.start, isValueMark: token.kind === 'value' },
      indent: Math.max(this.indent, 0),
      isInFlow: this.flowLevel > 0,
    });
    this.comments.push(...groups);
  }

  /** Ends the blocks that are deeper than a column; comments at their own column stay inside of them. */
  private unroll(column: number, scan: number): void {
    if (this.flowLevel > 0) return;
    let end = scan - 1;
    while (this.indent > column) {
      let stop = end;
      for (let index = this.comments.length - 1; index >= 0; index--) {
        const comment = this.comments[index];
        if (comment === undefined || (comment.isTaken ? 0 : comment.end) < stop) break;
        if (comment.isTaken) {
          stop = 0;
          continue;
        }
        if (comment.column === this.indent + 1) end = startOf(comment);
        stop = comment.scan;
      }
      this.push('block-end', end);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private roll(column: number, kind: TokenKind, start: number, at = this.tokens.length): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.tokens.splice(at, 0, { kind, start });
  }

  private fetchStreamEnd(): void {
    const { cursor } = this;
    cursor.closeLine();
    this.unroll(-1, cursor.at);
    this.keys.forget();
    this.isKeyAllowed = false;
    this.push('stream-end');
  }

  private fetchDirective(): void {
    const { cursor } = this;
    this.unroll(-1, cursor.at);
    this.keys.forget();
    this.isKeyAllowed = false;
    this.push('directive');
    while (!isBreakOrEnd(cursor.peek())) cursor.skip();
    if (isBreak(cursor.peek())) cursor.skipBreak();
  }

  private fetchMarker(kind: TokenKind): void {
    const { cursor } = this;
    this.unroll(-1, cursor.at);
    this.keys.forget();
    this.isKeyAllowed = false;
    this.push(kind);
    cursor.moveTo(cursor.at + 3);
  }

  private fetchToken(): void {
    const { cursor } = this;
    const char = cursor.peek() ?? '';
    const scalar = this.scalars.get(cursor.at);
    const flowMark = flowMarks[char];
    const propertyMark = propertyMarks[char];
    if (scalar !== undefined) this.fetchScalar(scalar);
    else if (flowMark !== undefined) this.fetchFlowMark(flowMark);
    else if (char === '-') this.fetchDash();
    else if (char === '?') this.fetchQuestionMark();
    else if (char === ':') this.fetchColon();
    else {
      this.saveKey();
      this.isKeyAllowed = false;
      this.push(propertyMark ?? 'scalar');
      cursor.skip();
      while (!isBlank(cursor.peek()) && !isBreakOrEnd(cursor.peek()) && !this.endsProperty(cursor.peek()))
        cursor.skip();
    }
  }

  private endsProperty(char: string | undefined): boolean {
    return this.flowLevel > 0 && char !== undefined && flowMarks[char] !== undefined;
  }

  private fetchFlowMark(kind: TokenKind): void {
    const isStart = kind.endsWith('start');
    if (isStart) {
      this.saveKey();
      this.keys.enterFlow(this.tokens.length);
      this.flowLevel++;
    } else {
      this.keys.forget();
      if (kind !== 'flow-entry' && this.flowLevel > 0) {
        this.flowLevel--;
        this.keys.leaveFlow();
      }
    }
    this.isKeyAllowed = isStart || kind === 'flow-entry';
    this.push(kind);
    this.cursor.skip();
  }

  private fetchDash(): void {
    const { cursor } = this;
    this.roll(cursor.atColumn, 'block-list-start', cursor.at);
    this.keys.forget();
    this.isKeyAllowed = true;
    this.push('block-entry');
    cursor.skip();
  }

  private fetchQuestionMark(): void {
    const { cursor } = this;
    this.roll(cursor.atColumn, 'block-map-start', cursor.at);
    this.keys.forget();
    this.isKeyAllowed = this.flowLevel === 0;
    this.push('key');
    cursor.skip();
  }

  private fetchColon(): void {
    const { cursor } = this;
    const key = this.keys.at(cursor.mark);
    if (key !== undefined) {
      this.tokens.splice(key.number, 0, { kind: 'key', start: key.mark.index });
      this.roll(key.mark.column, 'block-map-start', key.mark.index, key.number);
      this.keys.forget();
      this.isKeyAllowed = false;
    } else {
      this.roll(cursor.atColumn, 'block-map-start', cursor.at);
      this.isKeyAllowed = this.flowLevel === 0;
    }
    this.push('value');
    cursor.skip();
  }

  private fetchScalar({ end, style }: ScalarSpan): void {
    const { cursor } = this;
    if (style === 'literal' || style === 'folded') return this.fetchBlockScalar(end);
    this.saveKey();
    this.isKeyAllowed = false;
    this.push('scalar');
    cursor.moveTo(end);
    if (style !== 'plain') return;
    // go-yaml reads on to see whether a plain scalar goes on.
    const { atLine } = cursor;
    cursor.skipSpace();
    if (cursor.atLine > atLine) this.isKeyAllowed = true;
  }

  private fetchBlockScalar(end: number): void {
    const { cursor } = this;
    const start = cursor.at;
    this.keys.forget();
    this.isKeyAllowed = true;
    do cursor.skip();
    while (/^[-+\d]$/.test(cursor.peek() ?? ''));
    while (isBlank(cursor.peek())) cursor.skip();
    if (cursor.peek() === '#') this.add(scanLineComment(cursor, start));
    this.push('scalar', start);
    cursor.moveTo(end);
    cursor.skipSpace();
  }

  private saveKey(): void {
    if (this.isKeyAllowed) this.keys.save(this.tokens.length, this.cursor.mark);
  }
}

const startOf = ({ text }: CommentGroup): number => text[0]?.start ?? 0;
