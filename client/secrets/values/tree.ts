import { type DocumentEdit } from '../../../server/yaml/edit';
import { type PlainValue } from './plain-value';

/**
 * A file as SOPS sees it (getsops/sops sops.go, `TreeBranch`): every format gives this shape, without the `sops` entry.
 * Its values know how they are written in their place; the spans of such edits are UTF-16 offsets in the file's text.
 */
export interface TreeMap {
  readonly kind: 'map';
  readonly items: readonly (TreeEntry | TreeComment)[];
}

export interface TreeEntry {
  readonly kind: 'entry';
  readonly key: string;
  readonly value: TreeNode;
}

export interface TreeList {
  readonly kind: 'list';
  readonly items: readonly (TreeNode | TreeComment)[];
}

/** A value. In an encrypted file it is text: the ciphertext. */
export interface TreeLeaf {
  readonly kind: 'leaf';
  readonly value: PlainValue;
  /** The edits that put another value in its place, and touch nothing else. */
  readonly write: (value: PlainValue) => readonly DocumentEdit[];
}

/** Null, which SOPS neither encrypts nor checks. */
export interface TreeNull {
  readonly kind: 'null';
}

/** One comment line without its mark; comments of INI may have several lines. */
export interface TreeComment {
  readonly kind: 'comment';
  readonly text: string;
  readonly write: (text: string) => readonly DocumentEdit[];
  /**
   * Keys of other places that the comment may have been encrypted at; its own comes first. How comments hang on YAML is
   * a matter of blank lines and columns, and editors move them.
   */
  readonly otherPaths?: readonly (readonly string[])[];
}

export type TreeNode = TreeMap | TreeList | TreeLeaf | TreeNull;

/** Deepest nesting that is read; SOPS itself has no bound but its stack. */
export const deepestTree = 200;
