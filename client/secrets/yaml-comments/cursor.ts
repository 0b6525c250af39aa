/** A place in a text. Lines and columns count from 0. */
export interface Mark {
  /** UTF-16 offset. */
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

export const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';

export const isBreak = (char: string | undefined): boolean =>
  char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';

/** True at a line break and at the end of the text. */
export const isBreakOrEnd = (char: string | undefined): boolean => char === undefined || isBreak(char);

/** Walks over a text as the reader of go-yaml does, and counts lines on the way. */
export class Cursor {
  private index: number;
  private line = 0;
  private column = 0;
  private breaks = 0;

  constructor(private readonly text: string) {
    this.index = text.startsWith('\ufeff') ? 1 : 0;
  }

  get mark(): Mark {
    return { index: this.index, line: this.line, column: this.column };
  }

  get at(): number {
    return this.index;
  }

  get atLine(): number {
    return this.line;
  }

  get atColumn(): number {
    return this.column;
  }

  /** Line breaks since the last character that is neither blank nor break. */
  get newlines(): number {
    return this.breaks;
  }

  /** The character so many behind; undefined at the end of the text. */
  peek(ahead = 0): string | undefined {
    return this.text[this.index + ahead];
  }

  /** Past one character that is no line break. */
  skip(): void {
    if (!isBlank(this.text[this.index])) this.breaks = 0;
    this.index++;
    this.column++;
  }

  /** Past one line break; CR and LF together are one. */
  skipBreak(): void {
    this.index += this.text.startsWith('\r\n', this.index) ? 2 : 1;
    this.line++;
    this.column = 0;
    this.breaks++;
  }

  /** Past whatever stands here, up to an offset; never backwards. */
  moveTo(index: number): void {
    while (this.index < index && this.index < this.text.length) {
      if (isBreak(this.text[this.index])) this.skipBreak();
      else this.skip();
    }
  }

  /** Past blanks and line breaks. */
  skipSpace(): void {
    for (;;) {
      const char = this.text[this.index];
      if (isBreak(char)) this.skipBreak();
      else if (isBlank(char)) this.skip();
      else return;
    }
  }

  /** The end of the text counts as the start of a line. */
  closeLine(): void {
    if (this.column === 0) return;
    this.column = 0;
    this.line++;
  }
}
