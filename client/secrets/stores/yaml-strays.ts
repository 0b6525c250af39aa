import { type PlacedDocument } from '../../../server/yaml/document';
import { keyNodeAt, nodeAt } from '../../../server/yaml/locate';
import { type YamlNode } from '../../../server/yaml/node';
import { keyText } from '../../../server/yaml/scalar';
import { type TreeMap, type TreeNode } from '../values/tree';
import { type CommentLine } from '../yaml-comments/comment-group';
import { type StrayComment } from './store';
import { commentOf } from './yaml-tree';

/** The comments of a file that are in none of its trees; those of its stanza are left alone. */
export function strayComments(
  text: string,
  placed: readonly PlacedDocument[],
  roots: readonly TreeMap[],
  lines: readonly CommentLine[],
): readonly StrayComment[] {
  const attached = new Set<number>();
  for (const root of roots) collect(root, attached);
  return lines
    .filter(({ start }) => !attached.has(start) && !isInStanza(placed, start))
    .map((line) => ({ comment: commentOf(text, line, []), keys: keysAround(text, placed, line.start) }));
}

/** Offsets of the marks of the comments in a tree. */
function collect(node: TreeNode, starts: Set<number>): void {
  if (node.kind !== 'map' && node.kind !== 'list') return;
  for (const item of node.items) {
    if (item.kind === 'entry') collect(item.value, starts);
    else if (item.kind !== 'comment') collect(item, starts);
    else for (const { span } of item.write('')) starts.add(span.start - 1);
  }
}

function isInStanza(placed: readonly PlacedDocument[], at: number): boolean {
  return placed.some(({ document, offset }) => {
    const key = keyNodeAt(document, ['sops']);
    const end = nodeAt(document, ['sops'])?.end ?? key?.end ?? 0;
    return key !== undefined && key.start + offset <= at && at <= end + offset;
  });
}

function keysAround(text: string, placed: readonly PlacedDocument[], at: number): readonly string[] {
  const one = placed.findLast(({ offset }) => offset <= at);
  const keys: string[] = [];
  let node: YamlNode | undefined = one?.document.root;
  while (one !== undefined && (node?.kind === 'map' || node?.kind === 'sequence')) {
    const reaches = (inner: YamlNode | undefined): boolean =>
      inner !== undefined && (at < inner.end + one.offset || !text.slice(inner.end + one.offset, at).includes('\n'));
    if (node.kind === 'sequence') {
      node = node.items.findLast((item) => item !== undefined && item.start + one.offset < at);
      continue;
    }
    const entry = node.entries.findLast(({ key }) => key.start + one.offset < at);
    if (entry === undefined || !reaches(entry.value)) break;
    keys.push(keyText(entry.key));
    node = entry.value;
  }
  return keys;
}
