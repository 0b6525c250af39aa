import { type Span } from '../../model/text';

/** Replacement of a span of a document's text. Several of one result never overlap and refer to the old text. */
export interface DocumentEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The text with edits applied. */
export function applyEdits(text: string, edits: readonly DocumentEdit[]): string {
  let result = text;
  for (const { span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    result = result.slice(0, span.start) + newText + result.slice(span.end);
  }
  return result;
}
