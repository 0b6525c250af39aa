import { type YamlDocument } from '../../../yaml/document';
import { type YamlMap, type YamlNode, type YamlScalar } from '../../../yaml/node';
import { keyText, resolveScalar } from '../../../yaml/scalar';
import { isTextWithoutQuotes } from '../fieldspec/entry-key';
import { type MapNode, type Node, type ScalarNode } from '../node';
import { type Origin } from '../origin';

/** Why a document that can be read cannot be taken over; the offset is relative to the document's text. */
export interface ConversionProblem {
  readonly kind: 'problem';
  readonly reason: 'alias-limit' | 'unknown-anchor' | 'merge-value' | 'merge-twice' | 'escape';
  readonly offset: number;
}

/**
 * The root of a document as kustomize keeps it: aliases and merge keys expanded at once (kyaml, `DeAnchor`), scalars as
 * they are written. undefined for an empty document. Origins are `base` plus the offset of the value, or `base` alone
 * where the text is itself a value (`isInline`).
 */
export function toNode(document: YamlDocument, base: Origin, isInline: boolean): Node | undefined | ConversionProblem {
  const limit = document.faults.find(({ code }) => code === 'alias-limit');
  if (limit !== undefined) return { kind: 'problem', reason: 'alias-limit', offset: limit.start };
  if (document.root === undefined) return undefined;
  const conversion = new Conversion(document.text, base, isInline);
  const node = conversion.node(document.root, document.root.start, false);
  return conversion.problem ?? node;
}

/** Maps and lists that hold nothing but what is written in them: no alias, no merge key, no key twice. */
const written = new WeakSet<Node>();

/**
 * True for a map or list that is still as a document wrote it: everything in it stands at its own path of that document.
 * False too for what is so by chance.
 */
export function isAsWritten(node: Node): boolean {
  return written.has(node);
}

class Conversion {
  problem: ConversionProblem | undefined;
  readonly #targets = new Map<YamlNode, Node>();

  constructor(
    private readonly text: string,
    private readonly base: Origin,
    private readonly isInline: boolean,
  ) {}

  #origin(offset: number): Origin {
    return this.isInline || typeof this.base !== 'number' ? this.base : this.base + offset;
  }

  #fail(reason: ConversionProblem['reason'], offset: number): void {
    this.problem ??= { kind: 'problem', reason, offset };
  }

  /** `offset`: where the value would stand, for one that is not written. */
  node(node: YamlNode | undefined, offset: number, isInFlow: boolean): Node {
    if (node === undefined) {
      const empty: ScalarNode = { kind: 'scalar', text: '', style: 'plain', origin: this.#origin(offset) };
      return isInFlow ? { ...empty, quotedInFlow: true } : empty;
    }
    if (node.kind === 'scalar') return this.#scalar(node, isInFlow);
    if (node.kind === 'map') return this.#map(node, isInFlow || node.flow);
    if (node.kind === 'alias') return this.#target(node.target, node.start, isInFlow);
    const { dashes, start, flow } = node;
    const isFlow = isInFlow || flow;
    const items = node.items.map((item, index) => this.node(item, dashes[index] ?? start, isFlow));
    const list: Node = { kind: 'list', items, origin: this.#origin(start), ...(isFlow && { isFlow: true }) };
    if (items.every((item, index) => isOwnValue(node.items[index], item))) written.add(list);
    return list;
  }

  #scalar(node: YamlScalar, isInFlow: boolean): ScalarNode {
    const { text, style, tag, start } = node;
    if (style === 'double' && foreignEscape.test(this.text.slice(start, node.end))) this.#fail('escape', start);
    const scalar: ScalarNode = { kind: 'scalar', text, style, origin: this.#origin(start) };
    if (tag !== undefined) return { ...scalar, tag };
    const isQuoted = isInFlow && style === 'plain' && isQuotedInFlow(text);
    return isQuoted ? { ...scalar, quotedInFlow: true } : scalar;
  }

  #target(target: YamlNode | undefined, offset: number, isInFlow: boolean): Node {
    if (target === undefined) {
      this.#fail('unknown-anchor', offset);
      return this.node(undefined, offset, isInFlow);
    }
    let node = this.#targets.get(target);
    if (node === undefined) this.#targets.set(target, (node = this.node(target, target.start, isInFlow)));
    return node;
  }

  #map(map: YamlMap, isInFlow: boolean): MapNode {
    const entries = new Map<string, Node>();
    let unwritable: MapNode['unwritable'];
    const quoted: string[] = [];
    const last = new Map<string, Node>();
    let merged: YamlNode | undefined;
    let isOwn = true;
    for (const { key, value, colon } of map.entries) {
      const text = keyText(key);
      if (isMergeKey(key)) {
        if (merged !== undefined) this.#fail('merge-twice', key.start);
        merged = value;
      } else if (text === '<<') {
        // Expanding merge keys removes whatever is called like one.
        isOwn = false;
      } else if (entries.has(text)) {
        unwritable ??= { reason: 'duplicate-key', key: text };
        last.set(text, this.node(value, colon < 0 ? key.end : colon, isInFlow));
      } else {
        if (!isTextKey(key)) unwritable ??= { reason: 'key-not-text', key: text };
        else if (key.kind === 'scalar' && key.style !== 'plain' && !isTextWithoutQuotes(text)) quoted.push(text);
        const made = this.node(value, colon < 0 ? key.end : colon, isInFlow);
        entries.set(text, made);
        isOwn &&= key.kind === 'scalar' && isOwnValue(value, made);
      }
    }
    if (merged !== undefined) this.#merge(entries, merged, isInFlow);
    const node: MapNode = {
      kind: 'map',
      entries,
      origin: this.#origin(map.start),
      ...(isInFlow && { isFlow: true }),
    };
    if (unwritable !== undefined) {
      const ofKeys = { ...(quoted.length > 0 && { quoted: new Set(quoted) }), ...(last.size > 0 && { last }) };
      return { ...node, unwritable: { ...unwritable, ...ofKeys } };
    }
    if (isOwn && merged === undefined) written.add(node);
    return node;
  }

  /** Adds what a merge key brings in; the map's own keys win, then the first of several maps. */
  #merge(entries: Map<string, Node>, value: YamlNode, isInFlow: boolean): void {
    const sources = value.kind === 'sequence' ? value.items : [value];
    for (const source of sources) {
      const from = source === undefined ? undefined : this.node(source, source.start, isInFlow);
      if (from?.kind !== 'map' || source?.kind === 'sequence') {
        this.#fail('merge-value', value.start);
        return;
      }
      for (const [key, merged] of from.entries) if (!entries.has(key)) entries.set(key, merged);
    }
  }
}

const isOwnValue = (value: YamlNode | undefined, node: Node): boolean =>
  value?.kind !== 'alias' && (node.kind === 'scalar' || written.has(node));

/** Escapes that go-yaml does not know: of the slash, and of one half of a pair (`ud83d`). */
const foreignEscape = /(?:^|[^\\])(?:\\\\)*\\(?:\/|u[dD][89a-fA-F])/;

/** True for plain text that Go quotes where it writes it inside brackets: nothing at all, or a time of day. */
export function isQuotedInFlow(text: string): boolean {
  if (text === '') return true;
  if (!text.includes(':')) return false;
  return resolveScalar({ kind: 'scalar', style: 'plain', text, start: 0, end: 0 }).kind === 'timestamp';
}

function isMergeKey(key: YamlNode): boolean {
  if (key.kind !== 'scalar') return false;
  return key.tag === '!!merge' || (key.tag === undefined && key.style === 'plain' && key.text === '<<');
}

function isTextKey(key: YamlNode): boolean {
  if (key.kind === 'alias') return key.target !== undefined && isTextKey(key.target);
  return key.kind === 'scalar' && resolveScalar(key).kind === 'string';
}
