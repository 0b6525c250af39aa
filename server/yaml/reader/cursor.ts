import { type SyntaxFault } from '../document';

/** Codes of the characters YAML gives a meaning to. */
export const enum Char {
  End = -1,
  Tab = 9,
  Newline = 10,
  Return = 13,
  Space = 32,
  Exclamation = 33,
  DoubleQuote = 34,
  Hash = 35,
  Percent = 37,
  Ampersand = 38,
  SingleQuote = 39,
  Asterisk = 42,
  Plus = 43,
  Comma = 44,
  Dash = 45,
  Dot = 46,
  Colon = 58,
  Greater = 62,
  Question = 63,
  At = 64,
  OpenBracket = 91,
  Backslash = 92,
  CloseBracket = 93,
  Backtick = 96,
  OpenBrace = 123,
  Bar = 124,
  CloseBrace = 125,
  ByteOrderMark = 0xfeff,
}

/** The code of the character at an offset inside the text. */
export function codeAt(text: string, at: number): Char {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- any code is a number of the enum
  return text.charCodeAt(at);
}

/** Levels of nesting that are read; far above any real document, far below the end of the stack. */
export const nestingLimit = 1000;

/** Leaves the reader from any depth; `readDocument` is the only catcher. */
export class ReadingStopped extends Error {
  constructor(readonly reason: 'unsure' | 'too-deep') {
    super(reason);
  }
}

const onlyComments = /^(?:[ \t]+#.*)?(?:\r?\n[ \t]*(?:#.*)?)*$/;

// One instance: making an error records the stack, which costs more than reading an ordinary document.
const unsure = new ReadingStopped('unsure');
const tooDeep = new ReadingStopped('too-deep');

/** Where reading stands. `offset` is at the next content; `column` is that content's column, -1 at the end of the text. */
export class Cursor {
  offset = 0;
  column = 0;
  private depth = 0;
  /** True when the whole document is in brackets (JSON): only there go-yaml takes tabs as it takes blanks. */
  isFlowRoot = false;
  /** What was wrong but could be passed over. */
  readonly faults: SyntaxFault[] = [];
  readonly length: number;

  constructor(readonly text: string) {
    this.length = text.length;
  }

  /** The code at an offset; Char.End beyond the text, because reading out of bounds slows V8 down. */
  code(at: number): Char {
    return at < this.length ? codeAt(this.text, at) : Char.End;
  }

  /** True at a blank, a line break or the end of the text. */
  isBreakOrBlank(at: number): boolean {
    const code = this.code(at);
    return (
      code === Char.Space || code === Char.Newline || code === Char.End || code === Char.Return || code === Char.Tab
    );
  }

  descend(): void {
    if (++this.depth > nestingLimit) throw tooDeep;
  }

  ascend(): void {
    this.depth--;
  }

  /** The text is wrong or not of the ordinary kind: somebody else reads it. */
  decline(): never {
    throw unsure;
  }

  skipSpaces(): Char {
    let at = this.offset;
    while (this.code(at) === Char.Space) at++;
    this.offset = at;
    return this.code(at);
  }

  /** True when only a comment or nothing follows on this line. Call after skipSpaces. */
  isAtLineEnd(): boolean {
    const code = this.code(this.offset);
    if (code === Char.Newline || code === Char.End) return true;
    if (code === Char.Hash) return this.isCommentStart(this.offset);
    return code === Char.Return && this.code(this.offset + 1) === Char.Newline;
  }

  isCommentStart(at: number): boolean {
    if (at === 0) return true;
    const before = codeAt(this.text, at - 1);
    return before === Char.Space || before === Char.Newline || before === Char.Tab;
  }

  /** Leaves the line, on which only blanks and a comment may remain, for the next line that holds content. */
  toNextContent(): void {
    this.skipSpaces();
    if (!this.isAtLineEnd()) this.decline();
    let at = this.offset;
    for (;;) {
      const code = this.code(at);
      if (code === Char.Hash) {
        at = this.text.indexOf('\n', at);
        if (at < 0) at = this.length;
      } else if (code === Char.Return && this.code(at + 1) === Char.Newline) {
        at++;
      } else if (code !== Char.Newline && code !== Char.End) break;
      if (at >= this.length) {
        this.offset = this.length;
        this.column = -1;
        return;
      }
      const lineStart = ++at;
      while (this.code(at) === Char.Space) at++;
      this.column = at - lineStart;
    }
    if (this.code(at) === Char.Tab) this.decline();
    if (this.column === 0 && this.isMarker(at)) this.endAtMarker(at);
    else this.offset = at;
  }

  /** `...` with nothing behind it but blanks and comments ends the text; other markers are not for this reader. */
  private endAtMarker(at: number): void {
    if (!this.text.startsWith('...', at) || !onlyComments.test(this.text.slice(at + 3))) this.decline();
    this.offset = this.length;
    this.column = -1;
  }

  /** True at `---` or `...` as a word; meant for the start of a line. */
  isMarker(at: number): boolean {
    const code = this.code(at);
    if (code !== Char.Dash && code !== Char.Dot) return false;
    return this.code(at + 1) === code && this.code(at + 2) === code && this.isBreakOrBlank(at + 3);
  }
}
