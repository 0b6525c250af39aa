import { type Phase } from './protocol';

const circle = 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12';

/**
 * A shape for each live state in a box of 16 by 16: data of an SVG path that is drawn as a line, in the graph and beside the
 * lines of files. No two states share one: color is never all that tells them apart.
 */
export const phaseShapes: Readonly<Record<Phase, string>> = {
  ready: `${circle}M5 8.2l2.2 2.3L11 6`,
  reconciling: 'M13.5 8a5.5 5.5 0 0 1-10 3.2M2.5 8a5.5 5.5 0 0 1 10-3.2M12.8 2v3h-3M3.2 14v-3h3',
  failed: `${circle}M5.5 5.5l5 5M10.5 5.5l-5 5`,
  stalled: 'M5.5 2h5l3.5 3.5v5L10.5 14h-5L2 10.5v-5ZM8 4.5v4.2M8 10.8v.8',
  waiting: 'M4 2h8M4 14h8M5 2c0 4 6 8 6 12M11 2c0 4-6 8-6 12',
  suspended: `${circle}M6.3 5.5v5M9.7 5.5v5`,
  deleting: 'M3 4h10M6 4V2h4v2M4 4l.8 10h6.4L12 4M6.8 6.5v5M9.2 6.5v5',
  unknown: 'M5.5 6a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.7-.9 1.5M8 12.2v.8',
  behind: `${circle}M8 4.5V8l-2.6 2.2`,
  unchecked: 'M2.5 8.2l3 3.3L11 5M9 11.5l.5.5L14 6.5',
  empty: 'M3 3h10v10H3Z',
  static: 'M3.5 8h9',
  disconnected: 'M6 3.5V6H4.5v2.5A3.5 3.5 0 0 0 8 12v2.5M10 3.5V6h1.5v2M2.5 14l11-12',
};
