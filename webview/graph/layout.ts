import { Graph, layout as place } from '@dagrejs/dagre';
import { type PageEdge, type PageNode } from '../protocol';
import { kindText, nameOf } from './model';
import { orderingArcs } from './reduce';
import { textWidth } from './text-width';
import { columnsOf, routeOf, sides } from './routes';
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
  return Math.min(Math.max(textWidth(nameOf(node)), textWidth(kindText(node)) + 65, 86), 350) + 44;
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
  const columns = columnsOf(boxes.values());
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
    routes: edges.map((edge) => ({ edge, points: routeOf(edge, boxes, columns, placedAt(graph, edge)) })),
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

/** How high the edge stands where, as it was placed; undefined for an edge that was not. */
function placedAt(graph: Graph, edge: PageEdge): (x: number) => number | undefined {
  const [left, right] = sides(edge);
  const placed = graph.hasEdge(left, right) ? (graph.edge(left, right) as { points?: readonly Point[] }) : undefined;
  return (x) => {
    const next = placed?.points?.find((point) => point.x + margin >= x);
    return next && next.y + margin;
  };
}
