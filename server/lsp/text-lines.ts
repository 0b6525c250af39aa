import { type Position } from '../model/text';
import { type LineSource } from './position-encoding';

/** A text with its line starts; lines end at LF, CR or CRLF as LSP counts them. */
export interface TextLines extends LineSource {
  readonly text: string;
  /** UTF-16 offset of a UTF-16 position; past the end of a line it is the line's end, past the text the text's end. */
  offsetAt(position: Position): number;
}

const lineStartsOf = (text: string): number[] => {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
    if (code === 13 || code === 10) starts.push(at + 1);
  }
  return starts;
};

/** Line starts are found when first asked for. */
export function textLines(text: string): TextLines {
  let starts: number[] | undefined;
  const endOf = (line: number, all: readonly number[]): number => {
    let end = all[line + 1] ?? text.length;
    const start = all[line] ?? end;
    while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
    return end;
  };
  return {
    text,
    line(index) {
      starts ??= lineStartsOf(text);
      const start = starts[index];
      return start === undefined ? '' : text.slice(start, endOf(index, starts));
    },
    offsetAt({ line, character }) {
      starts ??= lineStartsOf(text);
      const start = starts[line];
      if (start === undefined) return line < 0 ? 0 : text.length;
      return Math.min(start + Math.max(character, 0), endOf(line, starts));
    },
  };
}
