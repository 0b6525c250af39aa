/** One line of a comment: the offsets of its mark and of its end. */
export interface CommentLine {
  readonly start: number;
  readonly end: number;
}

/** Comment lines in their order; undefined stands for an empty line between two of them. */
export type CommentText = readonly (CommentLine | undefined)[];

/** Where a comment belongs: above what follows it, behind what stands on its line, or below what stands before it. */
export type CommentRole = 'head' | 'line' | 'foot';

/** Comment lines that belong together. */
export interface CommentGroup {
  role: CommentRole;
  readonly text: CommentText;
  /** Offset of the token it belongs to: it is taken with the first token that starts there or later. */
  token: number;
  /** Offset where the search began that found it. */
  readonly scan: number;
  /** Line of its mark. */
  readonly line: number;
  /** Column of its mark from 1; 0 for a comment behind something. */
  readonly column: number;
  /** Offset behind it and the blanks below; 0 for a comment behind something. */
  readonly end: number;
  /** Nothing of it counts any more once a token took it. */
  isTaken: boolean;
}
