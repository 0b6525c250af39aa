import { type YamlMap, type YamlNode, type YamlSequence } from '../../../yaml/node';
import { parseDocument } from '../../../yaml/parse';
import { keyText } from '../../../yaml/scalar';
import { splitDocuments } from '../../../yaml/split';
import { type Node } from '../node';
import { type Origin } from '../origin';
import { commentsBetween, footBelow, lineStart, nextLine } from './comments';
import { PathProblem } from './field-path';

/** How a value was written, beside what a {@link Node} holds; kept by every copy of the node. */
export interface Styled {
  /** Written in braces or brackets. */
  readonly flow?: boolean;
  /** Comment lines above the value or its key, and empty ones between them. */
  readonly head?: readonly string[];
  /** The comment behind it on its line. */
  readonly line?: string;
  /** Comment lines right below the value. */
  readonly foot?: readonly string[];
  /** Comment lines below the document. */
  readonly end?: readonly string[];
  /** The key of the value as written, where it stands in quotes. */
  readonly quotedKey?: string;
  /** Written with its tag. */
  readonly tagged?: boolean;
  readonly anchor?: string;
  /** The anchor that stands in the place of the value. */
  readonly alias?: string;
}

/** Turns a parsed document into nodes that remember styles and comments. */
class Reading {
  constructor(
    private readonly text: string,
    private readonly origin: Origin,
  ) {}

  /** Where the next comment may stand that belongs to nothing yet. */
  #seen = 0;

  /** Comments on the lines above that of an offset. */
  #above(offset: number): string[] {
    const start = lineStart(this.text, offset);
    const lines = commentsBetween(this.text, this.#seen, start);
    // What stands above the first value with a blank line below is the document's.
    const isApart = this.#seen === 0 && lines.length > 0 && /\n[ \t\r]*\n$/.test(this.text.slice(0, start));
    this.#seen = Math.max(this.#seen, start);
    return isApart ? [...lines, ''] : lines;
  }

  #behind(offset: number): string | undefined {
    const end = this.text.indexOf('\n', offset);
    const rest = this.text.slice(offset, end < 0 ? undefined : end);
    return /^[ \t]+(#.*)$/.exec(rest)?.[1];
  }

  /** `read`: makes the value, after the comments above it are taken. */
  #styled(start: number, value: YamlNode | undefined, colon: number, read: () => Node & Styled): Node & Styled {
    const head = this.#above(start);
    const end = this.#lineEnd(value, colon);
    const line = end === undefined ? undefined : this.#behind(end);
    this.#seen = Math.max(this.#seen, nextLine(this.text, colon < 0 ? start : colon));
    const node = read();
    const last = value?.end ?? (colon < 0 ? start : colon);
    const column = start - lineStart(this.text, start);
    const below = Math.max(nextLine(this.text, Math.max(last - 1, start)), this.#seen);
    const isItem = colon === start;
    const foot = footBelow(this.text, below, { column, isItem, isBare: !isItem && line === undefined });
    this.#seen = Math.max(this.#seen, foot.next);
    return {
      ...node,
      ...(head.length > 0 && { head }),
      ...(line !== undefined && { line }),
      ...(foot.lines.length > 0 && { foot: foot.lines }),
    };
  }

  /** Where a comment may begin on the line of a value, or of the key or dash before it. */
  #lineEnd(node: YamlNode | undefined, before: number): number | undefined {
    const isLeaf = node !== undefined && (node.kind === 'alias' || (node.kind !== 'scalar' && node.flow));
    if (isLeaf) return node.end;
    if (node?.kind === 'scalar') {
      const header = /^[|>][-+\d]*/.exec(this.text.slice(node.start, node.start + 4))?.[0];
      const isBlock = node.style === 'literal' || node.style === 'folded';
      return isBlock ? node.start + (header ?? '').length : node.end;
    }
    return before < 0 ? undefined : before + 1;
  }

  #quotedKey(key: YamlNode): string | undefined {
    const isQuoted = key.kind === 'scalar' && (key.style === 'single' || key.style === 'double');
    return isQuoted ? this.text.slice(key.start, key.end) : undefined;
  }

  #map(map: YamlMap): Node {
    const entries = new Map<string, Node>();
    let unwritable: { reason: 'duplicate-key'; key: string } | undefined;
    for (const { key, value, colon } of map.entries) {
      const name = keyText(key);
      if (entries.has(name)) unwritable ??= { reason: 'duplicate-key', key: name };
      const quotedKey = this.#quotedKey(key);
      const read = (): Node & Styled => ({ ...this.node(value), ...(quotedKey !== undefined && { quotedKey }) });
      entries.set(name, map.flow ? read() : this.#styled(key.start, value, colon, read));
    }
    const { origin } = this;
    return { kind: 'map', entries, origin, ...(unwritable && { unwritable }), ...(map.flow && { flow: true }) };
  }

  #list(list: YamlSequence): Node {
    let carried: readonly string[] = [];
    const items = list.items.map((item, index): Node & Styled => {
      const dash = list.dashes[index];
      if (list.flow || dash === undefined) return this.node(item);
      const { foot = [], ...read } = this.#styled(dash, item, dash, () => this.node(item));
      const feet = [...carried, ...foot];
      // go-yaml gives what stands below a map to the item behind it.
      carried = item?.kind === 'map' && index + 1 < list.items.length ? feet : [];
      return carried.length > 0 || feet.length === 0 ? read : { ...read, foot: feet };
    });
    return { kind: 'list', items, origin: this.origin, ...(list.flow && { flow: true }) };
  }

  #plain(node: YamlNode): Node & Styled {
    if (node.kind === 'map') return this.#map(node);
    if (node.kind === 'sequence') return this.#list(node);
    if (node.kind === 'alias') return { ...this.node(node.target), alias: node.name };
    const scalar = { kind: 'scalar', text: node.text, style: node.style, origin: this.origin } as const;
    return node.tag === undefined ? scalar : { ...scalar, tag: node.tag, tagged: true };
  }

  document(root: YamlNode): Node & Styled {
    const node = this.node(root);
    const end = commentsBetween(this.text, Math.max(this.#seen, nextLine(this.text, root.end - 1)), this.text.length);
    return end.length === 0 ? node : { ...node, end };
  }

  node(node: YamlNode | undefined): Node & Styled {
    if (node === undefined) return { kind: 'scalar', text: '', style: 'plain', origin: this.origin };
    const read = this.#plain(node);
    return node.anchor === undefined ? read : { ...read, anchor: node.anchor };
  }
}

/**
 * The first document of a text that is the value of a field.
 * @returns undefined for a text without a document; a problem where it is no YAML
 */
export function readStyled(text: string, origin: Origin): (Node & Styled) | undefined | PathProblem {
  const [span] = splitDocuments(text);
  const document = parseDocument(span === undefined ? text : text.slice(span.start, span.end));
  const isBroken = document.faults.some(({ code }) => code !== 'duplicate-key');
  if (isBroken) return new PathProblem('is no YAML');
  if (document.root === undefined) return undefined;
  return new Reading(document.text, origin).document(document.root);
}
