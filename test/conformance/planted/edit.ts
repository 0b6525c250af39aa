import { type FilePath } from '../../../server/model/file-path';
import { type Range } from '../../../server/model/text';

/** A change of the original text of a file. Offsets count UTF-16 units; edits of one file do not overlap. */
export interface Edit {
  readonly file: FilePath;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Part of `text`, from its start, at which the mistake must be found. */
  readonly mark?: readonly [number, number];
}

/** The same change where it is not itself what must be found. */
export const unmarked = ({ file, start, end, text }: Edit): Edit => ({ file, start, end, text });

/** A place that is not itself changed, in offsets of the original text. */
export interface Mark {
  readonly file: FilePath;
  readonly start: number;
  readonly end: number;
}

/** One mistake: what it does to the tree and where it must be found. */
export interface Planted {
  readonly edits?: readonly Edit[];
  readonly marks?: readonly Mark[];
  /** Files that come (a text) or go (`undefined`) as a whole. */
  readonly files?: ReadonlyMap<FilePath, string | undefined>;
}

export interface Expected {
  readonly file: FilePath;
  readonly range: Range;
}

/** The edited texts, and the ranges in them at which the mistake must be found. */
export function realize(
  { edits = [], marks = [], files = new Map() }: Planted,
  textOf: (file: FilePath) => string,
): { readonly texts: ReadonlyMap<FilePath, string | undefined>; readonly expected: readonly Expected[] } {
  const texts = new Map<FilePath, string | undefined>(files);
  const expected: Expected[] = [];
  const touched = new Set([...edits.map(({ file }) => file), ...marks.map(({ file }) => file)]);
  for (const file of touched) {
    const original = textOf(file);
    const own = edits.filter((edit) => edit.file === file).sort((a, b) => a.start - b.start || a.end - b.end);
    const spans: (readonly [number, number])[] = [];
    let text = '';
    let from = 0;
    const shifts: { readonly at: number; readonly by: number }[] = [];
    for (const edit of own) {
      text += original.slice(from, edit.start);
      if (edit.mark !== undefined) spans.push([text.length + edit.mark[0], text.length + edit.mark[1]]);
      text += edit.text;
      from = edit.end;
      shifts.push({ at: edit.end, by: edit.text.length - (edit.end - edit.start) });
    }
    text += original.slice(from);
    for (const mark of marks.filter((candidate) => candidate.file === file)) {
      const by = shifts.filter(({ at }) => at <= mark.start).reduce((sum, shift) => sum + shift.by, 0);
      spans.push([mark.start + by, mark.end + by]);
    }
    if (own.length > 0) texts.set(file, text);
    for (const [start, end] of spans) {
      expected.push({ file, range: { start: positionAt(text, start), end: positionAt(text, end) } });
    }
  }
  return { texts, expected };
}

function positionAt(text: string, offset: number): Range['start'] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return { line: text.slice(0, lineStart).split('\n').length - 1, character: offset - lineStart };
}
