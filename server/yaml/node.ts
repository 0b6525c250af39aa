/** What every node has. Offsets are UTF-16, relative to the text of the document the node belongs to. */
interface NodeBase {
  /** Tag and anchor stand before it; a block collection starts with its first key or dash. */
  readonly start: number;
  /** After the last character of the node's own text (comments and trailing blanks excluded). */
  readonly end: number;
  /** As written: `!!str`, `!secret`. */
  readonly tag?: string;
  readonly anchor?: string;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /** Content after quotes, escapes, folding and chomping. What it means is said by `resolveScalar`. */
  readonly text: string;
}

export interface YamlEntry {
  readonly key: YamlNode;
  /** Offset of the `:`; -1 when none is written (`{a}`, or a key still being typed). */
  readonly colon: number;
  /** undefined: nothing is written after the colon, which reads as null. */
  readonly value: YamlNode | undefined;
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly entries: readonly YamlEntry[];
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  readonly flow: boolean;
  /** undefined: an empty item (`-` alone), which reads as null. */
  readonly items: readonly (YamlNode | undefined)[];
  /** Offset of the `-` of every item; empty for a flow sequence. */
  readonly dashes: readonly number[];
}

export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  /** The node of the last such anchor before the alias (it may contain the alias); undefined when there is none. */
  readonly target: YamlNode | undefined;
}

export type YamlNode = YamlScalar | YamlMap | YamlSequence | YamlAlias;
