import { type YamlNode } from './node';

/** What is wrong with the text of a document. Offsets are relative to the document's text. */
export interface SyntaxFault {
  readonly code: 'syntax' | 'duplicate-key' | 'alias-limit' | 'too-large';
  readonly start: number;
  readonly end: number;
  /** One sentence for the user. */
  readonly message: string;
  /** For a duplicate key: where the first one stands. */
  readonly first?: { readonly start: number; readonly end: number };
}

/**
 * One YAML document: the text from its `---` line (or the start of the file) to the next. Immutable, and
 * identical for equal text while its file is open, so anything derived from it may hang on it.
 */
export interface YamlDocument {
  readonly text: string;
  /** undefined: empty or comments only. With faults it holds what could be read. */
  readonly root: YamlNode | undefined;
  readonly faults: readonly SyntaxFault[];
  readonly anchors: ReadonlyMap<string, YamlNode>;
}

/** A document and where it starts in its file. */
export interface PlacedDocument {
  readonly document: YamlDocument;
  /** UTF-16 offset of the document's text in the file. */
  readonly offset: number;
  /** Line of the file on which the document's text starts; a document always starts at a line start. */
  readonly line: number;
}
