import { type Position, type Range, type Span } from '../model/text';
import { type PlacedDocument } from './document';

/** Anything with a text that never changes: a YamlDocument or a YamlFile. */
interface TextSource {
  readonly text: string;
}

const lineStartCache = new WeakMap<TextSource, readonly number[]>();

function lineStartsOf(source: TextSource): readonly number[] {
  const known = lineStartCache.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1);
  lineStartCache.set(source, starts);
  return starts;
}

/** Line and UTF-16 column of an offset, both from 0 and relative to the source; clamps offsets outside. */
export function positionAt(source: TextSource, offset: number): Position {
  const starts = lineStartsOf(source);
  const at = Math.min(Math.max(offset, 0), source.text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: at - (starts[low] ?? 0) };
}

/** UTF-16 offset of a position; behind the end of a line counts as its end (before `\r\n`), as LSP asks. */
export function offsetAt(source: TextSource, { line, character }: Position): number {
  const starts = lineStartsOf(source);
  if (line < 0) return 0;
  const start = starts[line];
  if (start === undefined) return source.text.length;
  let end = (starts[line + 1] ?? source.text.length + 1) - 1;
  if (end > start && source.text[end] === '\n' && source.text[end - 1] === '\r') end--;
  return Math.min(start + Math.max(character, 0), end);
}

/** Range of a span, lines relative to the source. */
export function rangeOf(source: TextSource, { start, end }: Span): Range {
  return { start: positionAt(source, start), end: positionAt(source, end) };
}

/** Range in the file of a span of one of its documents. */
export function fileRangeOf({ document, line }: PlacedDocument, span: Span): Range {
  const { start, end } = rangeOf(document, span);
  return {
    start: { line: start.line + line, character: start.character },
    end: { line: end.line + line, character: end.character },
  };
}
