import { type CommentText } from './comment-group';

/** The comments that go-yaml v3 gives a node. */
export interface NodeComments {
  head: CommentText;
  line: CommentText;
  foot: CommentText;
}

/** A node as far as comments are concerned. Keys and values of a map stand in turns. */
export interface CommentedNode extends NodeComments {
  readonly kind: 'scalar' | 'map' | 'list';
  readonly content: CommentedNode[];
}

/** A document: its head stands before its content, its foot behind it. */
export interface CommentedDocument extends NodeComments {
  readonly content: CommentedNode;
}

export const noComments: Readonly<NodeComments> = { head: [], line: [], foot: [] };
