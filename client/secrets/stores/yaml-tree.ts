import { type Path } from '../../../server/model/json';
import { type PlacedDocument } from '../../../server/yaml/document';
import { type YamlMap, type YamlNode, type YamlSequence } from '../../../server/yaml/node';
import { resolveScalar } from '../../../server/yaml/scalar';
import {
  deepestTree,
  type TreeComment,
  type TreeEntry,
  type TreeLeaf,
  type TreeList,
  type TreeMap,
  type TreeNode,
} from '../values/tree';
import { type CommentLine, type CommentText } from '../yaml-comments/comment-group';
import { type CommentedDocument, type CommentedNode } from '../yaml-comments/commented-node';
import { plainOfScalar, writeYamlValue } from './yaml-values';

/** What SOPS cannot hold, and where. */
export class UnsupportedYaml extends Error {
  constructor(
    readonly reason: string,
    readonly steps: Path,
  ) {
    super(reason);
  }
}

/** Where a map or list stands. */
interface Place {
  readonly keys: readonly string[];
  readonly steps: Path;
  readonly isInFlow: boolean;
}

/**
 * The tree of one document without its `sops` entry (getsops/sops stores/yaml, `appendYamlNodeToTreeBranch`): comments stand in
 * the order in which SOPS flattens what go-yaml attached.
 * @param fileText of all documents: a comment at the start of one can belong to the one before it
 * @param comments undefined where the file has none
 * @throws UnsupportedYaml for the store to turn into a fault
 */
export function yamlTreeOf(fileText: string, placed: PlacedDocument, comments: CommentedDocument | undefined): TreeMap {
  return new TreeBuilder(fileText, placed).document(comments);
}

/** A comment line of a file as SOPS sees it: a comment of the map or list with these keys. */
export function commentOf(text: string, line: CommentLine, keys: readonly string[]): TreeComment {
  const span = { start: line.start + 1, end: line.end };
  const otherPaths = keys.map((_, index) => keys.slice(0, index)).reverse();
  return {
    kind: 'comment',
    text: text.slice(span.start, span.end),
    otherPaths,
    write: (newText) => [{ span, newText }],
  };
}

class TreeBuilder {
  constructor(
    private readonly fileText: string,
    private readonly placed: PlacedDocument,
  ) {}

  document(comments: CommentedDocument | undefined): TreeMap {
    const { root } = this.placed.document;
    const place: Place = { keys: [], steps: [], isInFlow: false };
    const head = this.comments(comments?.head, place);
    const foot = this.comments(comments?.foot, place);
    if (root === undefined || (root.kind === 'scalar' && resolveScalar(root).kind === 'null')) {
      const ofNull = [...this.comments(comments?.content.head, place), ...this.comments(comments?.content.line, place)];
      return { kind: 'map', items: [...head, ...ofNull, ...foot] };
    }
    if (root.kind !== 'map') throw new UnsupportedYaml('one of its documents is not a map', []);
    const { items } = this.map(root, comments?.content, place, true);
    return { kind: 'map', items: [...head, ...items, ...foot] };
  }

  private comments(text: CommentText | undefined, { keys }: Place): TreeComment[] {
    return (text ?? []).flatMap((line) => (line === undefined ? [] : [commentOf(this.fileText, line, keys)]));
  }

  private map(node: YamlMap, comments: CommentedNode | undefined, place: Place, isRoot = false): TreeMap {
    const items: (TreeEntry | TreeComment)[] = [];
    const add = (text: CommentText | undefined): void => void items.push(...this.comments(text, place));
    add(comments?.head);
    add(comments?.line);
    for (const [index, { key, value }] of node.entries.entries()) {
      const ofKey = comments?.content[index * 2];
      const ofValue = comments?.content[index * 2 + 1];
      const isScalar = value === undefined || value.kind === 'scalar';
      if (key.kind !== 'scalar') throw new UnsupportedYaml('a key is no plain text', place.steps);
      add(ofKey?.head);
      add(ofKey?.line);
      if (isScalar) add(ofValue?.head);
      if (isScalar) add(ofValue?.line);
      if (!isRoot || key.text !== 'sops') {
        const { kind } = resolveScalar(key);
        const steps = [...place.steps, key.text];
        if (kind !== 'string' && kind !== 'merge') {
          throw new UnsupportedYaml('a key is a number, time or word that has to stand in quotes', steps);
        }
        const inner = { keys: [...place.keys, key.text], steps, isInFlow: node.flow };
        items.push({ kind: 'entry', key: key.text, value: this.node(value, ofValue, inner) });
      }
      if (isScalar) add(ofValue?.foot);
      add(ofKey?.foot);
    }
    add(comments?.foot);
    return { kind: 'map', items };
  }

  private node(
    node: YamlNode | undefined,
    comments: CommentedNode | undefined,
    place: Place,
    areHandled = false,
  ): TreeNode {
    const { steps } = place;
    if (steps.length > deepestTree) throw new UnsupportedYaml('it is nested too deeply', steps.slice(0, 3));
    if (node === undefined) return { kind: 'null' };
    if (node.kind === 'alias') throw new UnsupportedYaml('it is an alias, which SOPS would write out', steps);
    const own = areHandled && comments !== undefined ? { ...comments, head: [], line: [], foot: [] } : comments;
    if (node.kind === 'map') return this.map(node, own, place);
    if (node.kind === 'sequence') return this.list(node, own, place);
    const reading = plainOfScalar(node);
    if (reading.kind === 'unsupported') throw new UnsupportedYaml(reading.reason, steps);
    if (reading.kind === 'null') return reading;
    const { document, offset } = this.placed;
    const leaf: TreeLeaf = {
      kind: 'leaf',
      value: reading.value,
      write: (value) => writeYamlValue(document, offset, node, place.isInFlow, value),
    };
    return leaf;
  }

  private list(node: YamlSequence, comments: CommentedNode | undefined, place: Place): TreeList {
    const items: (TreeNode | TreeComment)[] = [];
    const add = (text: CommentText | undefined): void => void items.push(...this.comments(text, place));
    add(comments?.head);
    add(comments?.line);
    for (const [index, item] of node.items.entries()) {
      const ofItem = comments?.content[index];
      add(ofItem?.head);
      add(ofItem?.line);
      const inner = { ...place, steps: [...place.steps, index], isInFlow: node.flow };
      items.push(this.node(item, ofItem, inner, true));
      add(ofItem?.foot);
    }
    add(comments?.foot);
    return { kind: 'list', items };
  }
}
