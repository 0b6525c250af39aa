import { type TextPiece } from './template';

/** Which characters a run of text may hold. */
export type Accept = (char: string) => boolean;

const letterOrDigit = /^[\p{L}\p{Nd}_]$/u;

export const isNamePart: Accept = (char) => letterOrDigit.test(char);
export const isNoBrace: Accept = (char) => char !== '}';
export const isNoSlash: Accept = (char) => char !== '/';
export const isNoColonOrBrace: Accept = (char) => char !== ':' && char !== '}';

/** What ends or shapes a run of text beside `accept`. */
export interface RunRules {
  readonly accept: Accept;
  /** True: a `${` ends the run. */
  readonly stopsAtOpening: boolean;
  /** True: of `$$`, of two backslashes and of a backslash before a slash the first character is dropped. */
  readonly hasEscapes: boolean;
}

/** Reads a text character by character; NUL counts as its end, as in Go. */
export class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  /** The character at the place; empty at the end. */
  peek(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined || code === 0 ? '' : String.fromCodePoint(code);
  }

  isAtOpening(): boolean {
    return this.text.startsWith('${', this.at);
  }

  /** Goes past a text if it stands here. */
  skips(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Goes past up to `limit` equal characters and returns them. */
  takeUpTo(char: string, limit: number): string {
    const start = this.at;
    while (this.at - start < limit && this.text[this.at] === char) this.at++;
    return this.text.slice(start, this.at);
  }

  #isEscape(char: string): boolean {
    const next = this.text[this.at + 1];
    if (char === '$') return next === '$';
    return char === '\\' && (next === '/' || next === '\\');
  }

  /** A run of text, parted where an escape drops a character; empty when the first character does not belong. */
  run({ accept, stopsAtOpening, hasEscapes }: RunRules): readonly TextPiece[] {
    const pieces: TextPiece[] = [];
    let start = this.at;
    for (let char = this.peek(); char !== ''; char = this.peek()) {
      if (stopsAtOpening && char === '$' && this.text[this.at + 1] === '{') break;
      if (hasEscapes && this.#isEscape(char)) {
        if (this.at > start) pieces.push({ kind: 'text', start, end: this.at });
        start = this.at + 1;
        this.at += 2;
      } else if (accept(char)) {
        this.at += char.length;
      } else {
        break;
      }
    }
    if (this.at > start) pieces.push({ kind: 'text', start, end: this.at });
    return pieces;
  }
}
