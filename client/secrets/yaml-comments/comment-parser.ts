import { type PlacedDocument } from '../../../server/yaml/document';
import { type CommentLine, type CommentText } from './comment-group';
import { type CommentedDocument, type CommentedNode, noComments } from './commented-node';
import { scalarSpans } from './scalar-spans';
import { PendingComments } from './pending-comments';
import { type TokenKind } from './token';
import { TokenQueue } from './token-queue';

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
  const commented = new CommentParser(new PendingComments(queue)).documents();
  const lines = queue.comments.flatMap(({ text: group }) => group.filter((line) => line !== undefined));
  return { documents: commented, lines };
}

class CommentParser {
  constructor(private readonly tokens: PendingComments) {}

  documents(): CommentedDocument[] {
    const documents: CommentedDocument[] = [];
    this.tokens.peek();
    this.tokens.skip();
    for (;;) {
      let token = this.tokens.peek();
      while (documents.length > 0 && token.kind === 'document-end') {
        this.tokens.skip();
        token = this.tokens.peek();
      }
      if (token.kind === 'stream-end') return documents;
      documents.push(this.document());
    }
  }

  private document(): CommentedDocument {
    let head: CommentText = [];
    if (this.tokens.peek().kind === 'directive' || this.tokens.peek().kind === 'document-start') {
      while (this.tokens.peek().kind === 'directive') this.tokens.skip();
      if (this.tokens.peek().kind !== 'document-start') throw new UnexpectedToken();
      this.tokens.skip();
    } else head = this.tokens.takeDocumentHead();
    const content = endsDocument(this.tokens.peek().kind) ? emptyNode() : this.node();
    if (this.tokens.peek().kind === 'document-end') this.tokens.skip();
    const last = this.tokens.take();
    return { head, line: [], foot: last.foot.length > 0 ? last.foot : last.head, content };
  }

  private node(canBeIndentless = false): CommentedNode {
    let token = this.tokens.peek();
    const hasProperties = token.kind === 'anchor' || token.kind === 'tag';
    if (hasProperties) {
      const other = token.kind === 'anchor' ? 'tag' : 'anchor';
      this.tokens.skip();
      token = this.tokens.peek();
      if (token.kind === other) {
        this.tokens.skip();
        token = this.tokens.peek();
      }
    }
    switch (token.kind) {
      case 'alias':
      case 'scalar': {
        const node: CommentedNode = { kind: 'scalar', content: [], ...this.tokens.take() };
        this.tokens.skip();
        return node;
      }
      case 'flow-list-start':
        return this.flowList({ kind: 'list', content: [], ...this.tokens.take() });
      case 'flow-map-start':
        return this.flowMap({ kind: 'map', content: [], ...this.tokens.take() });
      case 'block-list-start':
        return this.blockList({ kind: 'list', content: [], ...noComments, head: this.tokens.takeStem() });
      case 'block-map-start':
        return this.blockMap({ kind: 'map', content: [], ...noComments, head: this.tokens.takeStem() });
      case 'block-entry':
        if (canBeIndentless) return this.indentlessList();
        break;
      default:
    }
    if (hasProperties) return emptyNode();
    throw new UnexpectedToken();
  }

  private blockList(list: CommentedNode): CommentedNode {
    this.tokens.peek();
    this.tokens.skip();
    for (;;) {
      const { kind } = this.tokens.peek();
      if (kind === 'block-end') {
        this.tokens.skip();
        return list;
      }
      if (kind !== 'block-entry') throw new UnexpectedToken();
      list.content.push(this.blockItem((next) => next === 'block-entry' || next === 'block-end'));
    }
  }

  /** A list whose dashes stand at the column of its key: nothing opens or ends it. */
  private indentlessList(): CommentedNode {
    const list: CommentedNode = { kind: 'list', content: [], ...noComments };
    while (this.tokens.peek().kind === 'block-entry') {
      list.content.push(this.blockItem((next) => next === 'block-entry' || isKeyOrEnd(next)));
    }
    return list;
  }

  private blockItem(isEmpty: (next: TokenKind) => boolean): CommentedNode {
    this.tokens.skipDash();
    return isEmpty(this.tokens.peek().kind) ? emptyNode() : this.node();
  }

  private blockMap(map: CommentedNode): CommentedNode {
    this.tokens.peek();
    this.tokens.skip();
    const { content } = map;
    for (;;) {
      const token = this.tokens.peek();
      if (token.kind === 'block-end') break;
      if (token.kind !== 'key') throw new UnexpectedToken();
      this.tokens.skip();
      const key = isKeyOrEnd(this.tokens.peek().kind) ? emptyNode() : this.node(true);
      const previous = content.at(-2);
      if (key.foot.length > 0 && previous !== undefined) {
        // It stands less deep than the value above, and is about that.
        previous.foot = key.foot;
        key.foot = [];
      }
      content.push(key, this.blockValue());
      moveFoot(content);
    }
    const end = this.tokens.take();
    this.tokens.skip();
    map.line = end.line;
    const key = content.at(-2);
    if (end.foot.length > 0 && key !== undefined) key.foot = end.foot;
    else map.foot = end.foot;
    return map;
  }

  private blockValue(): CommentedNode {
    if (this.tokens.peek().kind !== 'value') return emptyNode();
    this.tokens.skip();
    return isKeyOrEnd(this.tokens.peek().kind) ? emptyNode() : this.node(true);
  }

  private flowList(list: CommentedNode): CommentedNode {
    this.tokens.peek();
    this.tokens.skip();
    for (let isFirst = true; ; isFirst = false) {
      let token = this.tokens.peek();
      if (token.kind !== 'flow-list-end' && !isFirst) {
        if (token.kind !== 'flow-entry') throw new UnexpectedToken();
        this.tokens.skip();
        token = this.tokens.peek();
      }
      if (token.kind === 'flow-list-end') break;
      list.content.push(token.kind === 'key' ? this.flowPair() : this.node());
    }
    return this.endFlow(list);
  }

  /** A map of one entry without brackets, inside of a list. */
  private flowPair(): CommentedNode {
    this.tokens.skip();
    const isEmpty = ['value', 'flow-entry', 'flow-list-end'].includes(this.tokens.peek().kind);
    if (isEmpty) this.tokens.skip();
    const key = isEmpty ? emptyNode() : this.node();
    const content = [key, this.flowValue('flow-list-end')];
    moveFoot(content);
    this.tokens.peek();
    return { kind: 'map', content, ...noComments };
  }

  private flowMap(map: CommentedNode): CommentedNode {
    this.tokens.peek();
    this.tokens.skip();
    const { content } = map;
    for (let isFirst = true; ; isFirst = false) {
      let token = this.tokens.peek();
      if (token.kind !== 'flow-map-end' && !isFirst) {
        if (token.kind !== 'flow-entry') throw new UnexpectedToken();
        this.tokens.skip();
        token = this.tokens.peek();
      }
      if (token.kind === 'flow-map-end') break;
      const isKey = token.kind === 'key';
      if (isKey) this.tokens.skip();
      const { kind } = this.tokens.peek();
      const isEmpty = isKey && (kind === 'value' || kind === 'flow-entry' || kind === 'flow-map-end');
      const key = isEmpty ? emptyNode() : this.node();
      if (!isKey) this.tokens.peek();
      content.push(key, isKey ? this.flowValue('flow-map-end') : emptyNode());
      moveFoot(content);
    }
    return this.endFlow(map);
  }

  private flowValue(end: TokenKind): CommentedNode {
    if (this.tokens.peek().kind !== 'value') return emptyNode();
    this.tokens.skip();
    const { kind } = this.tokens.peek();
    return kind === 'flow-entry' || kind === end ? emptyNode() : this.node();
  }

  private endFlow(node: CommentedNode): CommentedNode {
    const { line, foot } = this.tokens.take();
    this.tokens.skip();
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
