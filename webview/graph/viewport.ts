import { type Box, type Layout, type Point } from './layout';

/** Which part of the drawing is seen: a point of it is shown at `point × scale + (x, y)`. */
export interface Viewport extends Point {
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const smallest = 0.05;
const largest = 3;
/** Below this, names cannot be read: a large graph begins with a part of it. */
const readable = 0.6;

/** Zooms by a factor; what stands at the point `at` of the window stays there. */
export function zoom(viewport: Viewport, factor: number, at: Point): Viewport {
  const scale = Math.min(Math.max(viewport.scale * factor, smallest), largest);
  const change = scale / viewport.scale;
  return { scale, x: at.x - (at.x - viewport.x) * change, y: at.y - (at.y - viewport.y) * change };
}

/** What stays in its place while zooming: the middle of a box that is seen, or else that of the window. */
export function pivot({ x, y, scale }: Viewport, box: Box | undefined, { width, height }: Size): Point {
  const middle = { x: width / 2, y: height / 2 };
  if (box === undefined) return middle;
  const at = { x: (box.x + box.width / 2) * scale + x, y: (box.y + box.height / 2) * scale + y };
  return at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height ? at : middle;
}

/** All of the drawing, in the middle of the window and not enlarged. */
export function fit({ width, height }: Pick<Layout, 'width' | 'height'>, window: Size): Viewport {
  const wanted = Math.min(window.width / Math.max(width, 1), window.height / Math.max(height, 1), 1);
  const scale = Math.max(wanted, smallest);
  return { scale, x: (window.width - width * scale) / 2, y: (window.height - height * scale) / 2 };
}

/**
 * What a graph opens with: all of it, or what can be read around the box of the first column that has the most edges, where
 * reading begins.
 */
export function begin(layout: Layout, window: Size): Viewport {
  const all = fit(layout, window);
  if (all.scale >= readable) return all;
  const boxes = [...layout.boxes];
  const left = boxes.reduce((least, [, { x }]) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const width = boxes.find(([, { x }]) => x === left)?.[1].width ?? 0;
  const edges = new Map<string, number>();
  for (const { edge } of layout.routes) {
    for (const id of [edge.from, edge.to]) edges.set(id, (edges.get(id) ?? 0) + 1);
  }
  let first: { readonly box: Box; readonly edges: number } | undefined;
  for (const [id, box] of boxes) {
    const count = edges.get(id) ?? 0;
    if (box.x < left + width && count > (first?.edges ?? -1)) first = { box, edges: count };
  }
  return { scale: readable, x: 0, y: window.height / 2 - (first?.box.y ?? 0) * readable };
}

/** The same view, moved as little as it takes to show a box whole. */
export function reveal(viewport: Viewport, box: Box, window: Size): Viewport {
  const { scale } = viewport;
  return {
    scale,
    x: shift(viewport.x, box.x * scale, box.width * scale, window.width),
    y: shift(viewport.y, box.y * scale, box.height * scale, window.height),
  };
}

function shift(offset: number, start: number, length: number, room: number): number {
  const edge = 16;
  if (start + offset < edge) return edge - start;
  return start + length + offset > room - edge ? room - edge - start - length : offset;
}
