import { type PlacedDocument } from '../../../server/yaml/document';
import { type CommentLine, type CommentText } from './comment-group';
import { type CommentedDocument, type CommentedNode, noComments, type NodeComments } from './commented-node';
import { scalarSpans } from './scalar-spans';
import { type Token, type TokenKind, TokenQueue } from './token-queue';

/** The tokens are not those of a text that was read without a fault. */
export class UnexpectedToken extends Error {}

/** The comments of a file. */
export interface FileComments {
  readonly documents: readonly CommentedDocument[];
  /** Every line of a comment, those included that go-yaml attaches to nothing or drops again. */
  readonly lines: readonly CommentLine[];
}

/**
 * Which node has which comments, as go-yaml v3 attaches them (parserc.go and decode.go), in a file without faults.
 * @throws UnexpectedToken for the caller to turn into a fault
 */
export function fileComments(text: string, documents: readonly PlacedDocument[]): FileComments {
  const queue = new TokenQueue(text, scalarSpans(documents));
  const commented = new CommentParser(queue).documents();
  const lines = queue.comments.flatMap(({ text: group }) => group.filter((line) => line !== undefined));
  return { documents: commented, lines };
}

const join = (a: CommentText, b: CommentText): CommentText => (a.length === 0 ? b : [...a, ...b]);

class CommentParser {
  /** Of the comments taken so far and not yet given to a node. */
  private pending: NodeComments = { ...noComments };
  private stem: CommentText | undefined;
  private nextComment = 0;

  constructor(private readonly queue: TokenQueue) {}

  documents(): CommentedDocument[] {
    const documents: CommentedDocument[] = [];
    this.peek();
    this.skip();
    for (;;) {
      let token = this.peek();
      while (documents.length > 0 && token.kind === 'document-end') {
        this.skip();
        token = this.peek();
      }
      if (token.kind === 'stream-end') return documents;
      documents.push(this.document());
    }
  }

  private document(): CommentedDocument {
    let head: CommentText = [];
    if (this.peek().kind === 'directive' || this.peek().kind === 'document-start') {
      while (this.peek().kind === 'directive') this.skip();
      if (this.peek().kind !== 'document-start') throw new UnexpectedToken();
      this.skip();
    } else head = this.takeDocumentHead();
    const content = endsDocument(this.peek().kind) ? emptyNode() : this.node();
    if (this.peek().kind === 'document-end') this.skip();
    const last = this.take();
    return { head, line: [], foot: last.foot.length > 0 ? last.foot : last.head, content };
  }

  /** What an empty line parts from the first node is about the document. */
  private takeDocumentHead(): CommentText {
    const { head } = this.pending;
    const empty = head.lastIndexOf(undefined);
    if (empty < 0) return [];
    this.pending.head = head.slice(empty + 1);
    return head.slice(0, empty);
  }

  /** The next token, with what stands before it pending. */
  private peek(): Token {
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

  private skip(): void {
    this.queue.skip();
  }

  private take(): NodeComments {
    const taken = this.pending;
    this.pending = { ...noComments };
    this.stem = undefined;
    return taken;
  }

  private node(canBeIndentless = false): CommentedNode {
    let token = this.peek();
    const hasProperties = token.kind === 'anchor' || token.kind === 'tag';
    if (hasProperties) {
      const other = token.kind === 'anchor' ? 'tag' : 'anchor';
      this.skip();
      token = this.peek();
      if (token.kind === other) {
        this.skip();
        token = this.peek();
      }
    }
    switch (token.kind) {
      case 'alias':
      case 'scalar': {
        const node: CommentedNode = { kind: 'scalar', content: [], ...this.take() };
        this.skip();
        return node;
      }
      case 'flow-list-start':
        return this.flowList({ kind: 'list', content: [], ...this.take() });
      case 'flow-map-start':
        return this.flowMap({ kind: 'map', content: [], ...this.take() });
      case 'block-list-start':
        return this.blockList({ kind: 'list', content: [], ...noComments, head: this.takeStem() });
      case 'block-map-start':
        return this.blockMap({ kind: 'map', content: [], ...noComments, head: this.takeStem() });
      case 'block-entry':
        if (canBeIndentless) return this.indentlessList();
        break;
      default:
    }
    if (hasProperties) return emptyNode();
    throw new UnexpectedToken();
  }

  private takeStem(): CommentText {
    const { stem } = this;
    this.stem = undefined;
    return stem ?? [];
  }

  private blockList(list: CommentedNode): CommentedNode {
    this.peek();
    this.skip();
    for (;;) {
      const { kind } = this.peek();
      if (kind === 'block-end') {
        this.skip();
        return list;
      }
      if (kind !== 'block-entry') throw new UnexpectedToken();
      list.content.push(this.blockItem((next) => next === 'block-entry' || next === 'block-end'));
    }
  }

  /** A list whose dashes stand at the column of its key: nothing opens or ends it. */
  private indentlessList(): CommentedNode {
    const list: CommentedNode = { kind: 'list', content: [], ...noComments };
    while (this.peek().kind === 'block-entry') {
      list.content.push(this.blockItem((next) => next === 'block-entry' || isKeyOrEnd(next)));
    }
    return list;
  }

  private blockItem(isEmpty: (next: TokenKind) => boolean): CommentedNode {
    const above = this.pending.head.length;
    this.skip();
    this.splitStem(above);
    return isEmpty(this.peek().kind) ? emptyNode() : this.node();
  }

  /** What stands above a dash is about the whole collection behind it, and not about its first entry. */
  private splitStem(above: number): void {
    if (above === 0) return;
    const { kind } = this.peek();
    if (kind !== 'block-list-start' && kind !== 'block-map-start') return;
    this.stem = this.pending.head.slice(0, above);
    this.pending.head = this.pending.head.slice(above);
  }

  private blockMap(map: CommentedNode): CommentedNode {
    this.peek();
    this.skip();
    const { content } = map;
    for (;;) {
      const token = this.peek();
      if (token.kind === 'block-end') break;
      if (token.kind !== 'key') throw new UnexpectedToken();
      this.skip();
      const key = isKeyOrEnd(this.peek().kind) ? emptyNode() : this.node(true);
      const previous = content.at(-2);
      if (key.foot.length > 0 && previous !== undefined) {
        // It stands less deep than the value above, and is about that.
        previous.foot = key.foot;
        key.foot = [];
      }
      content.push(key, this.blockValue());
      moveFoot(content);
    }
    const end = this.take();
    this.skip();
    map.line = end.line;
    const key = content.at(-2);
    if (end.foot.length > 0 && key !== undefined) key.foot = end.foot;
    else map.foot = end.foot;
    return map;
  }

  private blockValue(): CommentedNode {
    if (this.peek().kind !== 'value') return emptyNode();
    this.skip();
    return isKeyOrEnd(this.peek().kind) ? emptyNode() : this.node(true);
  }

  private flowList(list: CommentedNode): CommentedNode {
    this.peek();
    this.skip();
    for (let isFirst = true; ; isFirst = false) {
      let token = this.peek();
      if (token.kind !== 'flow-list-end' && !isFirst) {
        if (token.kind !== 'flow-entry') throw new UnexpectedToken();
        this.skip();
        token = this.peek();
      }
      if (token.kind === 'flow-list-end') break;
      list.content.push(token.kind === 'key' ? this.flowPair() : this.node());
    }
    return this.endFlow(list);
  }

  /** A map of one entry without brackets, inside of a list. */
  private flowPair(): CommentedNode {
    this.skip();
    const isEmpty = ['value', 'flow-entry', 'flow-list-end'].includes(this.peek().kind);
    if (isEmpty) this.skip();
    const key = isEmpty ? emptyNode() : this.node();
    const content = [key, this.flowValue('flow-list-end')];
    moveFoot(content);
    this.peek();
    return { kind: 'map', content, ...noComments };
  }

  private flowMap(map: CommentedNode): CommentedNode {
    this.peek();
    this.skip();
    const { content } = map;
    for (let isFirst = true; ; isFirst = false) {
      let token = this.peek();
      if (token.kind !== 'flow-map-end' && !isFirst) {
        if (token.kind !== 'flow-entry') throw new UnexpectedToken();
        this.skip();
        token = this.peek();
      }
      if (token.kind === 'flow-map-end') break;
      const isKey = token.kind === 'key';
      if (isKey) this.skip();
      const { kind } = this.peek();
      const isEmpty = isKey && (kind === 'value' || kind === 'flow-entry' || kind === 'flow-map-end');
      const key = isEmpty ? emptyNode() : this.node();
      if (!isKey) this.peek();
      content.push(key, isKey ? this.flowValue('flow-map-end') : emptyNode());
      moveFoot(content);
    }
    return this.endFlow(map);
  }

  private flowValue(end: TokenKind): CommentedNode {
    if (this.peek().kind !== 'value') return emptyNode();
    this.skip();
    const { kind } = this.peek();
    return kind === 'flow-entry' || kind === end ? emptyNode() : this.node();
  }

  private endFlow(node: CommentedNode): CommentedNode {
    const { line, foot } = this.take();
    this.skip();
    node.line = line;
    node.foot = foot;
    return node;
  }
}

const emptyNode = (): CommentedNode => ({ kind: 'scalar', content: [], ...noComments });

const isKeyOrEnd = (kind: TokenKind): boolean => kind === 'key' || kind === 'value' || kind === 'block-end';

const endsDocument = (kind: TokenKind): boolean =>
  kind === 'directive' || kind === 'document-start' || kind === 'document-end' || kind === 'stream-end';

/** What stands below a value is about its entry. */
function moveFoot(content: readonly CommentedNode[]): void {
  const [key, value] = content.slice(-2);
  if (key === undefined || value === undefined || key.foot.length > 0) return;
  key.foot = value.foot;
  value.foot = [];
}
