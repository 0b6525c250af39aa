import { type Origin } from '../origin';

/** Text with the origin of the value that starts at each offset; offsets ascend. */
export interface EmittedText {
  readonly text: string;
  readonly offsets: readonly number[];
  readonly origins: readonly Origin[];
}

const bestWidth = 80;
/** Line breaks of YAML 1.1 that a block keeps as they are. */
const oldBreak = /[\u2028\u2029]/;

const escapes: ReadonlyMap<number, string> = new Map([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
]);

function escapeOf(code: number): string {
  const short = escapes.get(code);
  if (short !== undefined) return `\\${short}`;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

function isEscaped(code: number): boolean {
  if (code < 0x20 || code === 0x22 || code === 0x5c) return true;
  if (code < 0x7f) return false;
  if (code < 0xa0 || code === 0x2028 || code === 0x2029 || code === 0xfeff) return true;
  return code > 0xfffd;
}

/**
 * Puts text behind text as go-yaml's emitter does: where a line ends, and where a text is folded, depends on the
 * column. Characters beyond the basic plane are always escaped, so UTF-16 units count characters.
 */
export class Writer {
  text = '';
  readonly offsets: number[] = [];
  readonly origins: Origin[] = [];
  #lineStart = 0;
  /** True behind a block that ended its line with a break of its own. */
  #hasLineEnd = false;

  mark(origin: Origin): void {
    this.offsets.push(this.text.length);
    this.origins.push(origin);
  }

  put(text: string): void {
    this.text += text;
  }

  /** Says that a line starts here, behind text that ended one. */
  startLine(): void {
    this.#lineStart = this.text.length;
  }

  newLine(indent: number): void {
    if (this.#hasLineEnd) this.#hasLineEnd = false;
    else this.text += '\n';
    this.#lineStart = this.text.length;
    if (indent > 0) this.text += ' '.repeat(indent);
  }

  get #column(): number {
    return this.text.length - this.#lineStart;
  }

  /** A plain text; broken at single spaces beyond the width unless it is a key. */
  putPlain(text: string, indent: number, isKey: boolean): void {
    if (isKey || this.#column + text.length <= bestWidth) this.text += text;
    else this.#putFolded(text, indent, false, false);
  }

  putSingle(text: string, indent: number, isKey: boolean): void {
    this.text += "'";
    const isShort = isKey || this.#column + text.length <= bestWidth;
    if (isShort && !oldBreak.test(text)) this.text += text.replaceAll("'", "''");
    else this.#putFolded(text, indent, true, isShort);
    this.text += "'";
  }

  #putFolded(text: string, indent: number, isQuoted: boolean, isShort: boolean): void {
    let wasSpace = false;
    for (let at = 0; at < text.length; at++) {
      const char = text[at] ?? '';
      if (oldBreak.test(char)) {
        this.text += char;
        this.#lineStart = this.text.length;
        if (!oldBreak.test(text[at + 1] ?? '')) this.text += ' '.repeat(at + 1 < text.length ? indent : 0);
        continue;
      }
      if (char !== ' ') {
        this.text += isQuoted && char === "'" ? "''" : char;
        wasSpace = false;
        continue;
      }
      const mayBreak = !isShort && !wasSpace && this.#column > bestWidth && text[at + 1] !== ' ';
      if (mayBreak && (!isQuoted || (at > 0 && at < text.length - 1))) this.newLine(indent);
      else this.text += char;
      wasSpace = true;
    }
  }

  putDouble(text: string, indent: number, isKey: boolean): void {
    this.text += '"';
    // go-yaml asks for the mark at the start of the text at every character.
    const startsWithMark = text.startsWith('\ufeff');
    let wasSpace = false;
    for (let at = 0; at < text.length;) {
      const code = text.codePointAt(at) ?? 0;
      const width = code > 0xffff ? 2 : 1;
      if (startsWithMark || isEscaped(code)) {
        this.text += escapeOf(code);
        wasSpace = false;
      } else if (code === 0x20) {
        const mayBreak = !isKey && !wasSpace && this.#column > bestWidth && at > 0 && at < text.length - 1;
        if (mayBreak) {
          this.newLine(indent);
          if (text[at + 1] === ' ') this.text += '\\';
        } else {
          this.text += ' ';
        }
        wasSpace = true;
      } else {
        this.text += text[at] ?? '';
        wasSpace = false;
      }
      at += width;
    }
    this.text += '"';
  }

  /** A block of the text's lines, without the break behind the last; a new line has to follow. */
  putLiteral(text: string, indent: number): void {
    this.text += '|';
    if (/^[ \n\u2028\u2029]/.test(text)) this.text += '2';
    if (!/[\n\u2028\u2029]$/.test(text)) this.text += '-';
    else if (/(?:^|[\n\u2028\u2029])[\n\u2028\u2029]$/.test(text)) this.text += '+';
    const margin = ' '.repeat(indent);
    const lines = text.split('\n');
    if (text.endsWith('\n')) lines.pop();
    for (const line of lines) {
      const inner = oldBreak.test(line) ? line.replace(/([\u2028\u2029])(?=[^\u2028\u2029])/g, `$1${margin}`) : line;
      this.text += line === '' || oldBreak.test(line.charAt(0)) ? `\n${inner}` : `\n${margin}${inner}`;
    }
    this.#hasLineEnd = oldBreak.test(text.at(-1) ?? '');
  }

  finish(): EmittedText {
    return { text: this.text, offsets: this.offsets, origins: this.origins };
  }
}
