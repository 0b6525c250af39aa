import { type Path } from '../model/json';
import { type YamlDocument } from './document';
import { type YamlEntry, type YamlMap, type YamlNode, type YamlSequence } from './node';
import { keyText } from './scalar';

/** Where an offset is in the structure of a document. */
export interface Place {
  /** Of the key or value at the offset; in a gap, of the collection that text typed there would belong to. */
  readonly path: Path;
  readonly part: 'key' | 'value' | 'gap';
  /** The key or value at the offset; in a gap the collection, when it has been started. undefined: nothing written. */
  readonly node: YamlNode | undefined;
  /** True where a new key may be typed: a gap, or a plain word that stands alone on its line or behind a dash. */
  readonly canBeKey: boolean;
  readonly inComment: boolean;
  /** Columns before the offset on its line. */
  readonly column: number;
}

/** Finds the place of an offset of the document's text; works in half-typed documents too. */
export function pathAtOffset(document: YamlDocument, offset: number): Place {
  return new Search(document.text, offset).below(document.root, []);
}

const plainStart = /^[ ]*(?:- +)*$/;

class Search {
  private readonly column: number;
  /** Column that decides to which collection a line belongs: the offset's, on a comment line that of its `#`. */
  private readonly depth: number;
  private readonly isIndent: boolean;
  private readonly inComment: boolean;

  constructor(
    private readonly text: string,
    private readonly offset: number,
  ) {
    const before = text.slice(this.lineStart(offset), offset);
    this.column = before.length;
    this.inComment = /^\s*#/.test(before);
    this.isIndent = this.inComment || before.trim() === '';
    this.depth = this.inComment ? before.indexOf('#') : before.length;
  }

  private lineStart(at: number): number {
    return at === 0 ? 0 : this.text.lastIndexOf('\n', at - 1) + 1;
  }

  private columnOf(at: number): number {
    return at - this.lineStart(at);
  }

  /** True when the offset is on the line of an earlier offset. */
  private isOnLineOf(at: number): boolean {
    return this.lineStart(this.offset) === this.lineStart(at);
  }

  private place(path: Path, part: Place['part'], node: YamlNode | undefined, canBeKey: boolean): Place {
    return { path, part, node, canBeKey, inComment: this.inComment, column: this.column };
  }

  private gap(path: Path, node: YamlNode | undefined): Place {
    return this.place(path, 'gap', node, !this.inComment);
  }

  /** The place inside a node or in the white space that belongs to it. */
  below(node: YamlNode | undefined, path: Path): Place {
    if (node === undefined) return this.gap(path, undefined);
    if (node.kind === 'map') return node.flow ? this.inFlowMap(node, path) : this.inMap(node, path);
    if (node.kind === 'sequence') return node.flow ? this.inFlowSequence(node, path) : this.inSequence(node, path);
    return this.onScalar(node, path);
  }

  private onScalar(node: YamlNode, path: Path): Place {
    const isBlock = node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
    if (!isBlock && this.offset > node.end) {
      if (!this.isOnLineOf(node.end)) return this.gap(path, node);
      return this.behind(path, node);
    }
    const isWord = node.kind === 'scalar' && node.style === 'plain' && !node.text.includes(' ');
    const lead = this.text.slice(this.lineStart(node.start), node.start);
    return this.place(path, 'value', node, isWord && plainStart.test(lead));
  }

  /** On the line of a value but behind it: still the value, unless a comment has begun. */
  private behind(path: Path, node: YamlNode): Place {
    const isComment = this.text.slice(node.end, this.offset).includes('#');
    const place = this.place(path, isComment ? 'gap' : 'value', node, false);
    return isComment ? { ...place, inComment: true } : place;
  }

  private inMap(map: YamlMap, path: Path): Place {
    const entry = map.entries.findLast(({ key }) => key.start <= this.offset);
    if (entry === undefined) return this.gap(path, map);
    const { key, value } = entry;
    const entryPath = [...path, keyText(key)];
    if (this.offset <= key.end || (entry.colon >= 0 && this.offset <= entry.colon)) {
      return this.place(entryPath, 'key', key, true);
    }
    if (value !== undefined && this.offset >= value.start && this.offset <= value.end)
      return this.below(value, entryPath);
    const head = entry.colon < 0 ? key.end : entry.colon;
    if (this.isOnLineOf(head)) return this.onEntryLine(entry, entryPath);
    if (!this.isIndent && value !== undefined) return this.below(value, entryPath);
    const indent = this.columnOf(map.entries[0]?.key.start ?? map.start);
    if (this.depth <= indent) return this.gap(path, map);
    if (value?.kind === 'sequence' && !value.flow && this.offset < value.start) return this.gap(entryPath, value);
    return this.below(value, entryPath);
  }

  /** Behind the colon, on its line, and in no value. */
  private onEntryLine({ key, colon, value }: YamlEntry, path: Path): Place {
    if (colon < 0) return this.place(path, 'key', key, true);
    if (value !== undefined && this.offset > value.end) return this.behind(path, value);
    const inComment = /[ \t]#/.test(this.text.slice(colon, this.offset));
    const node = value !== undefined && this.isOnLineOf(value.start) ? value : undefined;
    const place = this.place(path, inComment ? 'gap' : 'value', node, false);
    return inComment ? { ...place, inComment } : place;
  }

  private inSequence(sequence: YamlSequence, path: Path): Place {
    const index = sequence.dashes.findLastIndex((dash) => dash < this.offset);
    const dash = sequence.dashes[index];
    if (dash === undefined) return this.gap(path, sequence);
    const item = sequence.items[index];
    const itemPath = [...path, index];
    if (item !== undefined && this.offset >= item.start && this.offset <= item.end) return this.below(item, itemPath);
    if (this.isOnLineOf(dash)) {
      if (item === undefined || this.offset < item.start) return this.place(itemPath, 'value', undefined, true);
      return this.below(item, itemPath);
    }
    if (this.isIndent && this.depth <= this.columnOf(dash)) return this.gap(path, sequence);
    return this.below(item, itemPath);
  }

  private inFlowMap(map: YamlMap, path: Path): Place {
    if (this.offset <= map.start) return this.place(path, 'value', map, false);
    if (this.offset >= map.end && this.text[map.end - 1] === '}') return this.behindFlow(map, path);
    const entry = map.entries.findLast(({ key }) => key.start <= this.offset);
    if (entry === undefined || this.hasComma(entry.value?.end ?? Math.max(entry.key.end, entry.colon))) {
      return this.gap(path, map);
    }
    const entryPath = [...path, keyText(entry.key)];
    if (this.offset <= entry.key.end || entry.colon < 0 || this.offset <= entry.colon) {
      return this.place(entryPath, 'key', entry.key, true);
    }
    const { value } = entry;
    if (value === undefined || this.offset < value.start) return this.place(entryPath, 'value', undefined, false);
    return this.below(value, entryPath);
  }

  private inFlowSequence(sequence: YamlSequence, path: Path): Place {
    if (this.offset <= sequence.start) return this.place(path, 'value', sequence, false);
    if (this.offset >= sequence.end && this.text[sequence.end - 1] === ']') return this.behindFlow(sequence, path);
    const index = sequence.items.findLastIndex((item) => item !== undefined && item.start <= this.offset);
    const item = sequence.items[index];
    if (item === undefined) return this.place([...path, 0], 'value', undefined, false);
    if (this.hasComma(item.end)) return this.place([...path, index + 1], 'value', undefined, false);
    return this.below(item, [...path, index]);
  }

  private behindFlow(node: YamlNode, path: Path): Place {
    return this.isOnLineOf(node.end) ? this.behind(path, node) : this.gap(path, node);
  }

  private hasComma(from: number): boolean {
    return from < this.offset && this.text.slice(from, this.offset).includes(',');
  }
}
