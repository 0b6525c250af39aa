import { type Range } from '../model/text';
import { decodePosition, type PositionEncoding } from './position-encoding';
import { textLines, type TextLines } from './text-lines';

/** Text of one document as the client has it. */
export interface OpenDocument {
  /** Spelled as the client does. */
  readonly uri: string;
  readonly version: number;
  readonly lines: TextLines;
}

/** One change of `textDocument/didChange`: a replaced range, or the whole text. */
export interface TextChange {
  readonly range?: Range;
  readonly text: string;
}

/** Texts of all open documents. */
export interface Documents {
  get(uri: string): OpenDocument | undefined;
  all(): Iterable<OpenDocument>;
  open(uri: string, version: number, text: string): OpenDocument;
  /** undefined for a document that is not open. Changes count one after the other, as LSP says. */
  change(uri: string, version: number, changes: readonly TextChange[]): OpenDocument | undefined;
  close(uri: string): void;
}

export function createDocuments(encoding: PositionEncoding): Documents {
  const documents = new Map<string, OpenDocument>();
  const put = (uri: string, version: number, lines: TextLines): OpenDocument => {
    const document = { uri, version, lines };
    documents.set(uri, document);
    return document;
  };
  const apply = (lines: TextLines, { range, text }: TextChange): TextLines => {
    if (range === undefined) return textLines(text);
    const start = lines.offsetAt(decodePosition(lines, range.start, encoding));
    const end = lines.offsetAt(decodePosition(lines, range.end, encoding));
    return textLines(lines.text.slice(0, Math.min(start, end)) + text + lines.text.slice(Math.max(start, end)));
  };
  return {
    get: (uri) => documents.get(uri),
    all: () => documents.values(),
    open: (uri, version, text) => put(uri, version, textLines(text)),
    change(uri, version, changes) {
      const before = documents.get(uri);
      return before === undefined ? undefined : put(uri, version, changes.reduce(apply, before.lines));
    },
    close: (uri) => void documents.delete(uri),
  };
}
