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

/** All of the drawing, in the middle of the window and not enlarged. */
export function fit({ width, height }: Pick<Layout, 'width' | 'height'>, window: Size): Viewport {
  const wanted = Math.min(window.width / Math.max(width, 1), window.height / Math.max(height, 1), 1);
  const scale = Math.max(wanted, smallest);
  return { scale, x: (window.width - width * scale) / 2, y: (window.height - height * scale) / 2 };
}

/** What a graph opens with: all of it, or what can be read around its leftmost box, where reading begins. */
export function begin(layout: Pick<Layout, 'width' | 'height' | 'boxes'>, window: Size): Viewport {
  const all = fit(layout, window);
  if (all.scale >= readable) return all;
  let first: Box | undefined;
  for (const box of layout.boxes.values()) if (first === undefined || box.x < first.x) first = box;
  return { scale: readable, x: 0, y: window.height / 2 - (first?.y ?? 0) * readable };
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
