import { type YamlMap, type YamlNode, type YamlSequence } from '../../../yaml/node';
import { parseDocument } from '../../../yaml/parse';
import { keyText } from '../../../yaml/scalar';
import { splitDocuments } from '../../../yaml/split';
import { type Node } from '../node';
import { type Origin } from '../origin';
import { PathProblem } from './field-path';

/** How a value was written, beside what a {@link Node} holds; kept by every copy of the node. */
export interface Styled {
  /** Written in braces or brackets. */
  readonly flow?: boolean;
  /** Comment lines above the value or its key. */
  readonly head?: readonly string[];
  /** The comment behind it on its line. */
  readonly line?: string;
  /** Comment lines below the document. */
  readonly foot?: readonly string[];
  /** The key of the value as written, where it stands in quotes. */
  readonly quotedKey?: string;
  /** Written with its tag. */
  readonly tagged?: boolean;
  readonly anchor?: string;
  /** The anchor that stands in the place of the value. */
  readonly alias?: string;
}

const comment = /^[ \t]*(#.*)$/;

/** Turns a parsed document into nodes that remember styles and comments. */
class Reading {
  constructor(
    private readonly text: string,
    private readonly origin: Origin,
  ) {}

  /** Comment lines that end right above the line of an offset. */
  #above(offset: number): string[] {
    const lines: string[] = [];
    let end = this.text.lastIndexOf('\n', offset - 1);
    if (/[^ \t-]/.test(this.text.slice(end + 1, offset))) return lines;
    while (end >= 0) {
      const start = this.text.lastIndexOf('\n', end - 1);
      const found = comment.exec(this.text.slice(start + 1, end));
      if (found === null) break;
      lines.unshift(found[1] ?? '');
      end = start;
    }
    return lines;
  }

  #behind(offset: number): string | undefined {
    const end = this.text.indexOf('\n', offset);
    const rest = this.text.slice(offset, end < 0 ? undefined : end);
    return /^[ \t]+(#.*)$/.exec(rest)?.[1];
  }

  #styled(node: Node, start: number, end: number | undefined): Node & Styled {
    const head = this.#above(start);
    const line = end === undefined ? undefined : this.#behind(end);
    return { ...node, ...(head.length > 0 && { head }), ...(line !== undefined && { line }) };
  }

  #scalarEnd(node: YamlNode | undefined, colon: number): number | undefined {
    if (node === undefined) return colon < 0 ? undefined : colon + 1;
    if (node.kind === 'scalar') return node.style === 'literal' || node.style === 'folded' ? undefined : node.end;
    return node.kind === 'alias' || node.flow ? node.end : undefined;
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
      const node: Node & Styled = { ...this.node(value), ...(quotedKey !== undefined && { quotedKey }) };
      entries.set(name, map.flow ? node : this.#styled(node, key.start, this.#scalarEnd(value, colon)));
    }
    const { origin } = this;
    return { kind: 'map', entries, origin, ...(unwritable && { unwritable }), ...(map.flow && { flow: true }) };
  }

  #list(list: YamlSequence): Node {
    const items = list.items.map((item, index) => {
      const node = this.node(item);
      const dash = list.dashes[index];
      return list.flow || dash === undefined ? node : this.#styled(node, dash, this.#scalarEnd(item, dash));
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

  node(node: YamlNode | undefined): Node & Styled {
    if (node === undefined) return { kind: 'scalar', text: '', style: 'plain', origin: this.origin };
    const read = this.#plain(node);
    return node.anchor === undefined ? read : { ...read, anchor: node.anchor };
  }
}

function commentsBelow(text: string): readonly string[] {
  const lines = text.trimEnd().split('\n');
  const foot: string[] = [];
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    const found = /^(#.*)$/.exec(line);
    if (found === null) break;
    foot.unshift(found[1] ?? '');
  }
  return lines.length === 0 ? [] : foot;
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
  const foot = commentsBelow(document.text);
  const node = new Reading(document.text, origin).node(document.root);
  return foot.length === 0 ? node : { ...node, foot };
}
