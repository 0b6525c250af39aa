/** A place in a text: lines and UTF-16 code units from 0, as in LSP 3.18 `Position`. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Half-open, as in LSP 3.18 `Range`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Half-open run of UTF-16 offsets; what they are relative to is said where a Span is used. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replacement of a range of one text. Edits of one fix never overlap. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}
