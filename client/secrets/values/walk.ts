import { type Path } from '../../../server/model/json';
import { type TreeComment, type TreeEntry, type TreeLeaf, type TreeMap, type TreeNode } from './tree';

/** One value or comment, met in the order in which SOPS encrypts and checks. */
export interface Visit {
  readonly node: TreeLeaf | TreeComment;
  /** Keys that lead to it: the additional data. A comment has those of the map or list around it. */
  readonly keys: readonly string[];
  /** Keys and list positions; those of the container for a comment. */
  readonly steps: Path;
  /** For each level from the root, the comments since the last value there, this comment itself included. */
  readonly comments: readonly (readonly string[])[];
}

/**
 * Walks a tree as getsops/sops `walkBranch` and `walkSlice` do: a comment counts for what follows it on its level up to the next
 * value, and for all below that. The lists of a visit grow afterwards; they are for the call only.
 */
export function walk(root: TreeMap, visit: (visit: Visit) => void): void {
  const visitItems = (
    items: readonly (TreeEntry | TreeNode | TreeComment)[],
    keys: readonly string[],
    steps: Path,
    above: readonly (readonly string[])[],
  ): void => {
    let level: string[] = [];
    let comments = [...above, level];
    let index = 0;
    for (const item of items) {
      if (item.kind === 'comment') {
        level.push(item.text);
        visit({ node: item, keys, steps, comments });
        continue;
      }
      if (item.kind === 'entry') visitNode(item.value, [...keys, item.key], [...steps, item.key], comments);
      else visitNode(item, keys, [...steps, index++], comments);
      if (level.length === 0) continue;
      level = [];
      comments = [...above, level];
    }
  };
  const visitNode = (
    node: TreeNode,
    keys: readonly string[],
    steps: Path,
    comments: readonly (readonly string[])[],
  ): void => {
    if (node.kind === 'leaf') visit({ node, keys, steps, comments });
    else if (node.kind !== 'null') visitItems(node.items, keys, steps, comments);
  };
  visitItems(root.items, [], [], []);
}
