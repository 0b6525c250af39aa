import { type PageEdge, type Relation } from '../protocol';
import { type Box, type Point } from './layout';

/** Boxes that stand above each other, and how far they reach. */
interface Column {
  readonly left: number;
  readonly right: number;
  /** Where a line may pass between boxes, from above; each from its highest to its lowest place. */
  readonly lanes: readonly { readonly from: number; readonly to: number }[];
}

/**
 * How far below the middle of a box each relation begins and ends, so that two between the same boxes do not cover each
 * other; of a ring one edge leads back.
 */
const ports: Readonly<Record<Relation, { readonly onward: number; readonly back: number }>> = {
  source: { onward: -12, back: -12 },
  dependsOn: { onward: -4, back: 4 },
  applies: { onward: 12, back: 12 },
};
/** Between a line and a box that it passes. */
const clear = 6;

/** What comes first stands left: sources, then what is applied from them; dependencies, then their dependants. */
export function sides({ from, to, relation }: PageEdge): [left: string, right: string] {
  return relation === 'applies' ? [from, to] : [to, from];
}

/** The columns of placed boxes, from left to right; a column is what has the same middle. */
export function columnsOf(boxes: Iterable<Box>): readonly Column[] {
  const byMiddle = new Map<number, Box[]>();
  for (const box of boxes) {
    const middle = Math.round(box.x + box.width / 2);
    byMiddle.set(middle, [...(byMiddle.get(middle) ?? []), box]);
  }
  return [...byMiddle.values()].map(columnOf).sort((a, b) => a.left - b.left);
}

function columnOf(boxes: Box[]): Column {
  const lanes: { from: number; to: number }[] = [];
  let above = Number.NEGATIVE_INFINITY;
  for (const { y, height } of boxes.sort((a, b) => a.y - b.y)) {
    if (y - above >= 2 * clear) lanes.push({ from: above + clear, to: y - clear });
    above = y + height;
  }
  lanes.push({ from: above + clear, to: Number.POSITIVE_INFINITY });
  const left = Math.min(...boxes.map(({ x }) => x));
  return { left, right: Math.max(...boxes.map(({ x, width }) => x + width)), lanes };
}

/**
 * The way of an edge in the direction in which it is meant: level through each column between its ends, where no box
 * stands, and from column to column in the gaps.
 * @param wanted the height at which it would pass a place best
 */
export function routeOf(
  edge: PageEdge,
  boxes: ReadonlyMap<string, Box>,
  columns: readonly Column[],
  wanted: (x: number) => number | undefined,
): readonly Point[] {
  const [left, right] = sides(edge);
  const [one, other] = [boxes.get(left), boxes.get(right)];
  if (one === undefined || other === undefined) return [];
  if (left === right) return loop(one);
  // Of a ring one arc leads back: it goes the same way, from the outer side of one box to that of the other.
  const isBack = one.x + one.width > other.x;
  const [a, b] = isBack ? [other, one] : [one, other];
  const port = ports[edge.relation][isBack ? 'back' : 'onward'];
  const start = { x: a.x + a.width, y: a.y + a.height / 2 + port };
  const end = { x: b.x, y: b.y + b.height / 2 + port };
  const points: Point[] = [start];
  for (const { left: enter, right: leave, lanes } of columns) {
    const middle = (enter + leave) / 2;
    if (leave < start.x || enter > end.x) continue;
    if (holds(a, middle)) points.push({ x: leave, y: start.y });
    else if (holds(b, middle)) points.push({ x: enter, y: end.y });
    else {
      const straight = start.y + ((end.y - start.y) * (middle - start.x)) / (end.x - start.x);
      const y = passable(lanes, wanted(middle) ?? straight);
      points.push({ x: enter, y }, { x: leave, y });
    }
  }
  points.push(end);
  const way = points.filter(({ x, y }, at) => x !== points[at - 1]?.x || y !== points[at - 1]?.y);
  return (edge.relation === 'applies') === isBack ? way.reverse() : way;
}

const holds = ({ x, width }: Box, middle: number): boolean => Math.abs(x + width / 2 - middle) < 1;

function passable(lanes: Column['lanes'], wanted: number): number {
  let best: number | undefined;
  for (const { from, to } of lanes) {
    const y = Math.min(Math.max(wanted, from), to);
    if (best === undefined || Math.abs(y - wanted) < Math.abs(best - wanted)) best = y;
  }
  return best ?? wanted;
}

/** Over the box, for an object that names itself. */
function loop({ x, y, width }: Box): Point[] {
  return [
    { x: x + width * 0.35, y },
    { x: x + width * 0.35, y: y - 10 },
    { x: x + width * 0.65, y: y - 10 },
    { x: x + width * 0.65, y },
  ];
}
