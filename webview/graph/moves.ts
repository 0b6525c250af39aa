import { type Box, type Layout } from './layout';

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/**
 * Where a key leads from a node: left and right along an edge to its nearest neighbour on that side, up and down to the
 * next one in its column. Undefined when there is none; the first of all when `from` is not shown.
 */
export function move({ boxes, routes }: Layout, from: string, direction: Direction): string | undefined {
  const ids = [...boxes.keys()];
  const box = boxes.get(from);
  const inOrder = (): string[] => ids.sort((a, b) => order(boxes.get(a), boxes.get(b)));
  if (box === undefined || direction === 'first') return inOrder()[0];
  if (direction === 'last') return inOrder().at(-1);
  if (direction === 'up' || direction === 'down') {
    const column = ids.filter((id) => id !== from && overlaps(boxes.get(id), box));
    return nearest(
      column.filter((id) => (direction === 'up') === top(boxes.get(id)) < box.y),
      (id) => Math.abs(top(boxes.get(id)) - box.y),
    );
  }
  const joined = routes.flatMap(({ edge }) => (edge.from === from ? [edge.to] : edge.to === from ? [edge.from] : []));
  return nearest(
    joined.filter((id) => id !== from && (direction === 'left') === middle(boxes.get(id)) < middle(box)),
    (id) => Math.abs(top(boxes.get(id)) - box.y) + Math.abs(middle(boxes.get(id)) - middle(box)),
  );
}

const top = (box: Box | undefined): number => box?.y ?? 0;
const middle = (box: Box | undefined): number => (box === undefined ? 0 : box.x + box.width / 2);

function overlaps(one: Box | undefined, other: Box): boolean {
  return one !== undefined && one.x < other.x + other.width && other.x < one.x + one.width;
}

function order(a: Box | undefined, b: Box | undefined): number {
  return (a?.x ?? 0) - (b?.x ?? 0) || top(a) - top(b);
}

function nearest(ids: readonly string[], distance: (id: string) => number): string | undefined {
  let best: string | undefined;
  for (const id of ids) if (best === undefined || distance(id) < distance(best)) best = id;
  return best;
}
