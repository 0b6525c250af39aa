export type TokenKind =
  | 'stream-start'
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-list-start'
  | 'block-map-start'
  | 'block-end'
  | 'flow-list-start'
  | 'flow-list-end'
  | 'flow-map-start'
  | 'flow-map-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  /** UTF-16 offset. The end of a block starts before the blanks behind it, or at a comment that is no longer inside. */
  readonly start: number;
}

/** Tokens of one character in brackets. */
export const flowMarks: Readonly<Record<string, TokenKind>> = {
  '[': 'flow-list-start',
  '{': 'flow-map-start',
  ']': 'flow-list-end',
  '}': 'flow-map-end',
  ',': 'flow-entry',
};

/** First characters of tokens that go on to the next blank. */
export const propertyMarks: Readonly<Record<string, TokenKind>> = { '*': 'alias', '&': 'anchor', '!': 'tag' };
