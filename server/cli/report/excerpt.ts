import { type Range } from '../../model/text';
import { displayWidth } from './display-width';

/** Lines of a text, without their ends. */
export type Lines = readonly string[];

export function linesOf(text: string): Lines {
  return text.split(/\r\n|\r|\n/);
}

const tab = '    ';
const unsafe = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const drawn = (text: string): string =>
  text
    .replace(/\t/g, tab)
    .replace(/\ufeff/g, '')
    .replace(unsafe, '\ufffd');

// Before a long line is cut at its left, this much stays in front of the mark.
const context = 20;

/** The first line of a range with a line of carets under it. */
export interface Excerpt {
  readonly lineNumber: number;
  readonly source: string;
  readonly carets: string;
}

/**
 * @param columns cells that source and carets may take.
 * @returns undefined when the text has no such line.
 */
export function excerpt(lines: Lines, { start, end }: Range, columns: number): Excerpt | undefined {
  const line = lines[start.line];
  if (line === undefined) return undefined;
  const last = end.line === start.line ? end.character : line.length;
  let before = drawn(line.slice(0, start.character));
  const marked = drawn(line.slice(start.character, Math.max(last, start.character)));
  const after = drawn(line.slice(Math.max(last, start.character)));
  if (displayWidth(before) + displayWidth(marked) > columns && before.length > context) {
    before = `…${before.slice(-context)}`;
  }
  const room = Math.max(columns - displayWidth(before), 8);
  return {
    lineNumber: start.line + 1,
    source: (before + cut(marked + after, room)).trimEnd(),
    carets: ' '.repeat(displayWidth(before)) + '^'.repeat(Math.max(1, Math.min(displayWidth(marked), room))),
  };
}

function cut(text: string, room: number): string {
  if (displayWidth(text) <= room) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += displayWidth(character);
    if (width > room - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
