import { type Span } from '../model/text';

/** Text of a comment: pieces of lines, without the first mark. */
export interface IniComment {
  readonly text: string;
  /** Of each piece with its mark; the last may stand behind a value. */
  readonly pieces: readonly Span[];
}

export interface IniKey {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  /** Of the value with its quotes. */
  readonly valueSpan: Span;
  /** Of all its lines with their breaks, comments above left out. */
  readonly lines: Span;
  readonly comment: IniComment | undefined;
}

export interface IniSection {
  readonly name: string;
  /** The line of its heading; undefined for the keys before the first one. */
  readonly heading: Span | undefined;
  readonly comment: IniComment | undefined;
  readonly keys: readonly IniKey[];
  /** Offset behind its last line. */
  readonly end: number;
}

/** Keys above all headings are in this section. */
export const defaultSection = 'DEFAULT';

/** `sections`: up to the fault, where there is one. */
export type IniReading =
  | { readonly kind: 'sections'; readonly sections: readonly IniSection[] }
  | {
      readonly kind: 'fault';
      readonly line: number;
      readonly reason: string;
      readonly sections: readonly IniSection[];
    };

interface OpenSection {
  name: string;
  heading: Span | undefined;
  comment: IniComment | undefined;
  keys: IniKey[];
  readonly names: Set<string>;
  end: number;
}

interface Line extends Span {
  /** Behind its break. */
  readonly next: number;
}

/**
 * Reads an INI text as gopkg.in/ini.v1 1.67 does with SOPS's options. Not read, and named in the fault: values continued by a
 * backslash, quoted and numbered keys, and a key twice in one section.
 */
export function readIni(text: string): IniReading {
  const lines = linesOf(text);
  const sections: OpenSection[] = [newSection(defaultSection, undefined, undefined, 0)];
  let pending: Span[] = [];
  const comment = (): IniComment | undefined => {
    const pieces = pending;
    pending = [];
    return commentOf(text, pieces);
  };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    const section = sections.at(-1);
    if (line === undefined || section === undefined) break;
    const fault = (reason: string): IniReading => ({ kind: 'fault', line: index + 1, reason, sections });
    const start = line.start + leadOf(text.slice(line.start, line.end));
    const first = text[start];
    if (start >= line.end) continue;
    if (first === '#' || first === ';') {
      pending.push({ start, end: line.end });
      continue;
    }
    if (first === '[') {
      const close = text.lastIndexOf(']', line.end - 1);
      if (close < start) return fault('the section is not closed');
      const name = text.slice(start + 1, close);
      if (name === '') return fault('the section has no name');
      const behind = text.slice(close + 1, line.end).search(/[#;]/);
      if (behind >= 0) pending.push({ start: close + 1 + behind, end: line.end });
      sections.push(newSection(name, { start: line.start, end: line.next }, comment(), line.next));
      continue;
    }
    const delimiter = start + text.slice(start, line.end).search(/[=:]/);
    if (delimiter < start) return fault('expected an equals sign');
    const written = text.slice(start, delimiter);
    const name = written.trim();
    if (name === '' || name === '-' || /^["`]/.test(name)) return fault('the key is not written plainly');
    if (section.names.has(name)) return fault('the key stands there twice');
    const found = readValue(text, lines, index, delimiter + 1);
    if (typeof found === 'string') return fault(found);
    if (found.inline !== undefined) pending.push(found.inline);
    index = found.lastLine;
    const next = lines[found.lastLine]?.next ?? line.next;
    const nameSpan = { start, end: start + written.trimEnd().length };
    const { value, valueSpan } = found;
    section.names.add(name);
    section.keys.push({
      name,
      nameSpan,
      value,
      valueSpan,
      lines: { start: line.start, end: next },
      comment: comment(),
    });
    section.end = next;
  }
  return { kind: 'sections', sections };
}

interface ValueReading {
  readonly value: string;
  readonly valueSpan: Span;
  readonly inline: Span | undefined;
  readonly lastLine: number;
}

function readValue(text: string, lines: readonly Line[], index: number, from: number): ValueReading | string {
  const lineEnd = lines[index]?.end ?? text.length;
  const start = from + leadOf(text.slice(from, lineEnd));
  const rest = text.slice(start, lineEnd);
  if (rest === '') return { value: '', valueSpan: { start: from, end: from }, inline: undefined, lastLine: index };
  const quote = rest.length > 3 && rest.startsWith('"""') ? '"""' : rest.startsWith('`') ? '`' : '';
  if (quote !== '') return readQuoted(text, lines, index, start, quote);
  const trimmed = rest.trimEnd();
  if (trimmed.endsWith('\\')) return 'the value goes on in the next line';
  const mark = trimmed.search(/[#;]/);
  const bare = (mark < 0 ? trimmed : trimmed.slice(0, mark)).trimEnd();
  const inline = mark < 0 ? undefined : { start: start + mark, end: lineEnd };
  const valueSpan = { start, end: start + bare.length };
  return { value: unquote(bare), valueSpan, inline, lastLine: index };
}

/** In three quotes or backticks, over several lines where the end is not on the first one. */
function readQuoted(
  text: string,
  lines: readonly Line[],
  index: number,
  start: number,
  quote: string,
): ValueReading | string {
  const body = start + quote.length;
  for (let at = index; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    const from = at === index ? body : line.start;
    const close = from + text.slice(from, line.end).lastIndexOf(quote);
    if (close < from) continue;
    const end = close + quote.length;
    const behind = text.slice(end, line.end);
    if (at > index && behind.trim().endsWith('\\')) return 'the value goes on behind its quotes';
    const mark = at > index ? behind.search(/[#;]/) : -1;
    const inline = mark < 0 ? undefined : { start: end + mark, end: line.end };
    return { value: text.slice(body, close), valueSpan: { start, end }, inline, lastLine: at };
  }
  return 'the quotes are not closed';
}

function unquote(text: string): string {
  for (const quote of ['"', "'"]) {
    if (text.length >= 2 && text.startsWith(quote) && text.indexOf(quote, 1) === text.length - 1)
      return text.slice(1, -1);
  }
  return text;
}

/** SOPS takes the first mark away, and all marks of its kind and blanks behind it. */
function commentOf(text: string, pieces: readonly Span[]): IniComment | undefined {
  const whole = pieces
    .map(({ start, end }) => text.slice(start, end))
    .join('\n')
    .trim();
  if (whole === '') return undefined;
  return { text: whole.replace(whole.startsWith(';') ? /^[; ]+/ : /^[# ]+/, ''), pieces };
}

const newSection = (
  name: string,
  heading: Span | undefined,
  comment: IniComment | undefined,
  end: number,
): OpenSection => ({ name, heading, comment, keys: [], names: new Set(), end });

const leadOf = (line: string): number => line.length - line.trimStart().length;

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    lines.push({ start, end: newline < 0 ? next : newline, next });
    start = next;
  }
  return lines;
}
