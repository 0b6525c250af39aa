import { childPath, type NodePath } from './node-path';
import { treeNode, type TreeNode } from './tree-node';

/** More rows than this under one node are put into pages. */
export const rowsOfPage = 500;

/**
 * The pages of a list, named by what they begin and end with.
 * @param size rows of a page, {@link rowsOfPage} but in tests
 * @param labelOf the name of the row at an index
 */
export function pagesOf(
  parent: NodePath,
  count: number,
  size: number,
  labelOf: (index: number) => string,
): readonly TreeNode[] {
  const pages: TreeNode[] = [];
  for (let start = 0; start < count; start += size) {
    const end = Math.min(start + size, count);
    pages.push(
      treeNode({
        path: childPath(parent, 'page', String(start / size)),
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
export function itemsOfPage<T>(items: readonly T[], size: number, page: string): readonly T[] {
  const number = /^\d{1,6}$/.test(page) ? Number(page) : -1;
  return number < 0 ? [] : items.slice(number * size, (number + 1) * size);
}
