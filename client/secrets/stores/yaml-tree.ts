import { type Path } from '../../../server/model/json';
import { type PlacedDocument } from '../../../server/yaml/document';
import { type YamlMap, type YamlNode, type YamlSequence } from '../../../server/yaml/node';
import { resolveScalar } from '../../../server/yaml/scalar';
import {
  deepestTree,
  type TreeComment,
  type TreeEntry,
  type TreeLeaf,
  type TreeMap,
  type TreeNode,
} from '../values/tree';
import { plainOfScalar, writeYamlValue } from './yaml-values';

/** A map or list while comments are still to be put into it. */
export interface Container {
  readonly kind: 'map' | 'list';
  readonly items: (TreeEntry | TreeNode | TreeComment)[];
  /** Column of its keys or dashes; -1 in brackets. */
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly parent: Container | undefined;
  /** Keys that lead to it. */
  readonly keys: readonly string[];
}

/** Where an item begins, for comments to find their place. */
export interface Slot {
  readonly start: number;
  readonly container: Container;
  /** The item itself: an entry of a map, or a value of a list. */
  readonly item: TreeEntry | TreeNode;
  readonly value: YamlNode | undefined;
}

export interface YamlTree {
  readonly root: Container;
  /** In the order of the text. */
  readonly slots: readonly Slot[];
}

/** What SOPS cannot hold, and where. */
export class UnsupportedYaml extends Error {
  constructor(
    readonly reason: string,
    readonly steps: Path,
  ) {
    super(reason);
  }
}

/**
 * The tree of one document, without comments and without its `sops` entry.
 * @throws UnsupportedYaml for the store to turn into a fault
 */
export function yamlTreeOf(placed: PlacedDocument): YamlTree {
  const builder = new TreeBuilder(placed);
  const { root } = placed.document;
  if (root === undefined || (root.kind === 'scalar' && resolveScalar(root).kind === 'null')) {
    const empty: Container = { kind: 'map', items: [], column: 0, start: 0, end: 0, parent: undefined, keys: [] };
    return { root: empty, slots: [] };
  }
  if (root.kind !== 'map') throw new UnsupportedYaml('one of its documents is not a map', []);
  return { root: builder.map(root, undefined, [], [], true), slots: builder.slots };
}

class TreeBuilder {
  readonly slots: Slot[] = [];

  constructor(private readonly placed: PlacedDocument) {}

  map(node: YamlMap, parent: Container | undefined, keys: readonly string[], steps: Path, isRoot = false): Container {
    const container = this.container(node, 'map', parent, keys, node.entries[0]?.key.start);
    for (const { key, value } of node.entries) {
      if (key.kind !== 'scalar') throw new UnsupportedYaml('a key is no plain text', steps);
      if (isRoot && key.text === 'sops') {
        // Its place still ends the comments above it.
        this.slots.push({ start: key.start, container, item: { kind: 'null' }, value });
        continue;
      }
      const { kind } = resolveScalar(key);
      if (kind !== 'string' && kind !== 'merge') {
        throw new UnsupportedYaml('a key is a number, time or word that has to stand in quotes', [...steps, key.text]);
      }
      const slot = this.slots.length;
      const place = { start: key.start, container, value };
      this.slots.push({ ...place, item: { kind: 'null' } });
      const inner = this.node(value, container, [...keys, key.text], [...steps, key.text]);
      const item: TreeEntry = { kind: 'entry', key: key.text, value: inner };
      container.items.push(item);
      this.slots[slot] = { ...place, item };
    }
    return container;
  }

  private node(node: YamlNode | undefined, parent: Container, keys: readonly string[], steps: Path): TreeNode {
    if (steps.length > deepestTree) throw new UnsupportedYaml('it is nested too deeply', steps.slice(0, 3));
    if (node === undefined) return { kind: 'null' };
    if (node.kind === 'alias') throw new UnsupportedYaml('it is an alias, which SOPS would write out', steps);
    if (node.kind === 'map') return this.map(node, parent, keys, steps) as TreeMap;
    if (node.kind === 'sequence') return this.list(node, parent, keys, steps);
    const reading = plainOfScalar(node);
    if (reading.kind === 'unsupported') throw new UnsupportedYaml(reading.reason, steps);
    if (reading.kind === 'null') return reading;
    const { document, offset } = this.placed;
    const isInFlow = parent.column < 0;
    const leaf: TreeLeaf = {
      kind: 'leaf',
      value: reading.value,
      write: (value) => writeYamlValue(document, offset, node, isInFlow, value),
    };
    return leaf;
  }

  private list(node: YamlSequence, parent: Container, keys: readonly string[], steps: Path): TreeNode {
    const container = this.container(node, 'list', parent, keys, node.dashes[0]);
    for (const [index, item] of node.items.entries()) {
      const slot = this.slots.length;
      const place = { start: node.dashes[index] ?? item?.start ?? node.start, container, value: item };
      this.slots.push({ ...place, item: { kind: 'null' } });
      const inner = this.node(item, container, keys, [...steps, index]);
      container.items.push(inner);
      this.slots[slot] = { ...place, item: inner };
    }
    return container as TreeNode;
  }

  private container(
    node: YamlMap | YamlSequence,
    kind: Container['kind'],
    parent: Container | undefined,
    keys: readonly string[],
    first: number | undefined,
  ): Container {
    const { text } = this.placed.document;
    const start = first ?? node.start;
    const column = node.flow ? -1 : start - (text.lastIndexOf('\n', start - 1) + 1);
    return { kind, items: [], column, start: node.start, end: node.end, parent, keys };
  }
}
