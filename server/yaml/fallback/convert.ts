// A list of inline types would leave an import of the package behind, which must not load at start.
import type * as yaml from 'yaml';
import type { Node as LibraryNode, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { type ScalarStyle, type YamlEntry, type YamlNode } from '../node';

const styles: ReadonlyMap<string | undefined, ScalarStyle> = new Map([
  ['QUOTE_SINGLE', 'single'],
  ['QUOTE_DOUBLE', 'double'],
  ['BLOCK_LITERAL', 'literal'],
  ['BLOCK_FOLDED', 'folded'],
]);

const coreTag = 'tag:yaml.org,2002:';

/** The tree of the library as ours. `library` tells its node classes apart. */
export class Conversion {
  constructor(
    private readonly text: string,
    private readonly library: Pick<typeof yaml, 'isAlias' | 'isMap' | 'isScalar' | 'isSeq'>,
  ) {}

  /** undefined for a node that is nowhere written. */
  node(source: unknown): YamlNode | undefined {
    const { isAlias, isMap, isScalar, isSeq } = this.library;
    if (isScalar(source)) return this.scalar(source);
    if (isMap(source)) return this.map(source);
    if (isSeq(source)) return this.sequence(source);
    if (!isAlias(source)) return undefined;
    const [start, end] = source.range ?? [0, 0];
    return { kind: 'alias', start, end, name: source.source, target: undefined };
  }

  private properties(source: LibraryNode): { tag?: string; anchor?: string } {
    const { tag } = source;
    const anchor = 'anchor' in source ? source.anchor : undefined;
    const written = tag?.startsWith(coreTag) === true ? `!!${tag.slice(coreTag.length)}` : tag;
    return {
      ...(written !== undefined && { tag: written }),
      ...(anchor !== undefined && { anchor }),
    };
  }

  private scalar(source: Scalar): YamlNode | undefined {
    const properties = this.properties(source);
    const [start, valueEnd] = source.range ?? [0, 0];
    const style = styles.get(source.type) ?? 'plain';
    let content = typeof source.value === 'string' ? source.value : (source.source ?? '');
    if (style === 'plain' && start === valueEnd && content === '') {
      if (properties.tag === undefined && properties.anchor === undefined) return undefined;
      const at = this.behindProperties(start);
      return { kind: 'scalar', start: at, end: at, style, text: '', ...properties };
    }
    let end = valueEnd;
    if (style === 'literal' || style === 'folded') {
      end = this.blockScalarEnd(start, valueEnd);
      // Go gives no line break to a text that has none at its end.
      if (valueEnd >= this.text.length && !this.text.endsWith('\n') && content.endsWith('\n') && end > start) {
        if (this.text.slice(end).trim() === '' && !this.text.slice(end).includes('\n')) content = content.slice(0, -1);
      }
    }
    return { kind: 'scalar', start, end, style, text: content, ...properties };
  }

  /** The library puts an empty node where the next token is; it belongs behind its tag or anchor. */
  private behindProperties(at: number): number {
    let end = at;
    while (end > 0 && /\s/.test(this.text[end - 1] ?? '')) end--;
    return end;
  }

  private blockScalarEnd(start: number, rawEnd: number): number {
    const headerBreak = this.text.indexOf('\n', start);
    let end = Math.min(rawEnd, this.text.length);
    while (end > headerBreak && /\s/.test(this.text[end - 1] ?? '')) end--;
    if (headerBreak >= 0 && end > headerBreak) return end;
    return start + (/^[|>][1-9+-]{0,2}/.exec(this.text.slice(start, start + 3))?.[0].length ?? 0);
  }

  private map(source: YAMLMap): YamlNode {
    const entries: YamlEntry[] = [];
    for (const pair of source.items) {
      const entry = this.entry(pair);
      if (entry !== undefined) entries.push(entry);
    }
    const last = entries.at(-1);
    const isFlow = source.flow === true;
    const [rawStart, rawEnd] = source.range ?? [0, 0];
    const start = isFlow ? rawStart : (entries[0]?.key.start ?? rawStart);
    const lastEnd = last?.value?.end ?? (last === undefined || last.colon < 0 ? last?.key.end : last.colon + 1);
    const end = isFlow ? rawEnd : (lastEnd ?? rawEnd);
    return { kind: 'map', start, end, flow: isFlow, entries, ...this.properties(source) };
  }

  private entry(pair: Pair): YamlEntry | undefined {
    const value = this.node(pair.value);
    const written = this.node(pair.key);
    const keyEnd = written?.end ?? (pair.key as LibraryNode | null)?.range?.[0];
    if (keyEnd === undefined) return undefined;
    const key: YamlNode = written ?? { kind: 'scalar', start: keyEnd, end: keyEnd, style: 'plain', text: '' };
    return { key, colon: this.colonBehind(keyEnd, value?.start ?? this.text.length), value };
  }

  private colonBehind(from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const char = this.text[at] ?? '';
      if (char === ':') return at;
      if (!/\s/.test(char)) break;
    }
    return -1;
  }

  private sequence(source: YAMLSeq): YamlNode {
    const isFlow = source.flow === true;
    const items: (YamlNode | undefined)[] = [];
    const dashes: number[] = [];
    const [rawStart, rawEnd] = source.range ?? [0, 0];
    let end = rawStart;
    for (const item of source.items) {
      const node = this.node(item);
      if (!isFlow) dashes.push(this.dashBefore((item as LibraryNode | null)?.range?.[0] ?? end, end));
      items.push(node);
      end = node?.end ?? (dashes.at(-1) ?? end) + 1;
    }
    const last = isFlow ? rawEnd : end;
    return { kind: 'sequence', start: rawStart, end: last, flow: isFlow, items, dashes, ...this.properties(source) };
  }

  /** The `-` between the end of the item before and an item; comments there are passed line by line. */
  private dashBefore(itemStart: number, from: number): number {
    let at = from;
    while (at < itemStart) {
      const char = this.text[at] ?? '';
      if (char === '-') return at;
      if (char === '#') {
        const newline = this.text.indexOf('\n', at);
        at = newline < 0 ? itemStart : newline;
      } else at++;
    }
    return from;
  }
}
