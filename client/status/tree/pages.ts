import { childPath, type NodePath } from './node-path';
import { treeNode, type TreeNode } from './tree-node';

/** More rows than this under one node are put into pages. */
export const rowsOfPage = 500;

/**
 * A list of rows as it is shown: itself while it is short, else pages of 500, named by what they begin and end with.
 * @param labelOf the name of the row at an index
 */
export function pagesOf(parent: NodePath, count: number, labelOf: (index: number) => string): readonly TreeNode[] {
  const pages: TreeNode[] = [];
  for (let start = 0; start < count; start += rowsOfPage) {
    const end = Math.min(start + rowsOfPage, count);
    pages.push(
      treeNode({
        path: childPath(parent, 'page', String(start / rowsOfPage)),
        kind: 'page',
        label: `${labelOf(start)} … ${labelOf(end - 1)}`,
        description: `${start + 1}–${end} of ${count}`,
        isExpandable: true,
      }),
    );
  }
  return pages;
}

/** The items of a page; empty for a page that is not there (any more). */
export function itemsOfPage<T>(items: readonly T[], page: string): readonly T[] {
  const number = /^\d{1,6}$/.test(page) ? Number(page) : -1;
  return number < 0 ? [] : items.slice(number * rowsOfPage, (number + 1) * rowsOfPage);
}
