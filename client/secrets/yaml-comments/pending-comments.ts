import { type CommentText } from './comment-group';
import { noComments, type NodeComments } from './commented-node';
import { type Token } from './token';
import { type TokenQueue } from './token-queue';

const join = (a: CommentText, b: CommentText): CommentText => (a.length === 0 ? b : [...a, ...b]);

/** The tokens of a text, and the comments that were met on the way and belong to no node yet (go-yaml v3 parserc.go). */
export class PendingComments {
  private pending: NodeComments = { ...noComments };
  private stem: CommentText | undefined;
  private nextComment = 0;

  constructor(private readonly queue: TokenQueue) {}

  /** The next token, with what stands before it pending. */
  peek(): Token {
    const token = this.queue.peek();
    const { comments } = this.queue;
    for (let next = comments[this.nextComment]; next !== undefined; next = comments[++this.nextComment]) {
      if (next.token > token.start) break;
      // The end of a block has no head: it waits for what follows.
      if (next.role === 'head' && token.kind === 'block-end') break;
      this.pending[next.role] = join(this.pending[next.role], next.text);
      next.isTaken = true;
    }
    return token;
  }

  skip(): void {
    this.queue.skip();
  }

  /** All that is pending, for the node at hand. */
  take(): NodeComments {
    const taken = this.pending;
    this.pending = { ...noComments };
    this.stem = undefined;
    return taken;
  }

  /** What an empty line parts from the first node is about the document. */
  takeDocumentHead(): CommentText {
    const { head } = this.pending;
    const empty = head.lastIndexOf(undefined);
    if (empty < 0) return [];
    this.pending.head = head.slice(empty + 1);
    return head.slice(0, empty);
  }

  /** Past a dash. What stands above it is about the whole collection behind it, and not about its first entry. */
  skipDash(): void {
    const above = this.pending.head.length;
    this.skip();
    if (above === 0) return;
    const { kind } = this.peek();
    if (kind !== 'block-list-start' && kind !== 'block-map-start') return;
    this.stem = this.pending.head.slice(0, above);
    this.pending.head = this.pending.head.slice(above);
  }

  takeStem(): CommentText {
    const { stem } = this;
    this.stem = undefined;
    return stem ?? [];
  }
}
