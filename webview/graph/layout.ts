import { Graph, layout as place } from '@dagrejs/dagre';
import { type PageEdge, type PageNode } from '../protocol';
import { nameOf } from './model';
import { orderingArcs } from './reduce';
import { type Selection } from './selection';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` and `y` are those of the upper left corner. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything stands, in pixels at scale 1; the drawing begins at 0, 0. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  /** From the edge of one box to that of the other, in the direction in which the edge is meant. */
  readonly routes: readonly { readonly edge: PageEdge; readonly points: readonly Point[] }[];
}

const height = 44;
const gap = 14;
const columnGap = 70;
const margin = 24;

/** Width of a box with two lines of text, of which the name may be cut. */
function widthOf(node: PageNode): number {
  return Math.min(Math.max(nameOf(node).length, node.kind.length + 9, 12), 48) * 7.2 + 44;
}

/** What comes first stands left: sources, then what is applied from them; dependencies, then their dependants. */
function sides({ from, to, relation }: PageEdge): [left: string, right: string] {
  return relation === 'applies' ? [from, to] : [to, from];
}

/** Places what is connected in columns, and below it, in rows, what has no edge. */
export function layOut({ nodes, edges }: Selection): Layout {
  const connected = new Set(edges.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranker: 'tight-tree', nodesep: gap, ranksep: columnGap });
  for (const node of nodes) {
    if (connected.has(node.id)) graph.setNode(node.id, { width: widthOf(node), height });
  }
  const arcs = orderingArcs([...connected], edges.map(sides));
  for (const [left, right] of arcs) graph.setEdge(left, right, {});
  if (connected.size > 0) place(graph);

  const boxes = new Map<string, Box>();
  for (const id of graph.nodes()) {
    const { x = 0, y = 0, width = 0 } = graph.node(id) as { x?: number; y?: number; width?: number };
    boxes.set(id, { x: x - width / 2 + margin, y: y - height / 2 + margin, width, height });
  }
  const bottom = Math.max(margin, ...[...boxes.values()].map(({ y }) => y + height + 2 * gap));
  placeInRows(
    nodes.filter(({ id }) => !connected.has(id)),
    bottom,
    boxes,
  );
  const placed = [...boxes.values()];
  return {
    width: Math.max(0, ...placed.map((box) => box.x + box.width)) + margin,
    height: Math.max(0, ...placed.map((box) => box.y + box.height)) + margin,
    boxes,
    routes: edges.map((edge) => ({ edge, points: routeOf(edge, boxes, graph) })),
  };
}

/** In rows that are together about twice as wide as high. */
function placeInRows(nodes: readonly PageNode[], top: number, boxes: Map<string, Box>): void {
  const width = Math.max(0, ...nodes.map(widthOf));
  const columns = Math.max(1, Math.round(Math.sqrt((nodes.length * 2 * (height + gap)) / (width + gap))));
  for (const [index, node] of nodes.entries()) {
    const column = index % columns;
    const row = (index - column) / columns;
    boxes.set(node.id, { x: margin + column * (width + gap), y: top + row * (height + gap), width, height });
  }
}

function routeOf(edge: PageEdge, boxes: ReadonlyMap<string, Box>, graph: Graph): Point[] {
  const [left, right] = sides(edge);
  const a = boxes.get(left);
  const b = boxes.get(right);
  if (a === undefined || b === undefined) return [];
  // An arc that closes a ring leads from right to left: it leaves and enters on the outer sides.
  const isBack = a.x + a.width > b.x;
  const start = { x: a.x + (isBack ? 0 : a.width), y: a.y + a.height / 2 };
  const end = { x: b.x + (isBack ? b.width : 0), y: b.y + b.height / 2 };
  const placed = graph.hasEdge(left, right) ? (graph.edge(left, right) as { points?: readonly Point[] }) : undefined;
  const middle =
    placed === undefined
      ? [between(start, end)]
      : (placed.points ?? []).slice(1, -1).map(({ x, y }) => ({ x: x + margin, y: y + margin }));
  const points = left === right ? loop(a) : [start, ...middle, end];
  return edge.relation === 'applies' ? points : points.reverse();
}

/** A bend beside the straight way, on which other boxes and the edge in the other direction would lie. */
function between(start: Point, end: Point): Point {
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 - (height + gap) / 2 };
}

/** Over the box, for an object that names itself. */
function loop({ x, y, width }: Box): Point[] {
  return [
    { x: x + width * 0.35, y },
    { x: x + width * 0.35, y: y - gap },
    { x: x + width * 0.65, y: y - gap },
    { x: x + width * 0.65, y },
  ];
}
