import { type Phase } from '../protocol';

/** How a live state is shown: a word, a shape of its own in a box of 16 by 16, and one of the editor's colours. */
export interface PhaseMark {
  readonly label: string;
  /** Data of an SVG path that is drawn as a line. No two phases share one: colour is never all that tells them apart. */
  readonly shape: string;
  readonly colour: 'green' | 'blue' | 'red' | 'yellow' | 'orange' | 'purple' | 'grey';
}

const circle = 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12';

export const phaseMarks: Readonly<Record<Phase, PhaseMark>> = {
  ready: { label: 'Ready', colour: 'green', shape: `${circle}M5 8.2l2.2 2.3L11 6` },
  reconciling: {
    label: 'Reconciling',
    colour: 'blue',
    shape: 'M13.5 8a5.5 5.5 0 0 1-10 3.2M2.5 8a5.5 5.5 0 0 1 10-3.2M12.8 2v3h-3M3.2 14v-3h3',
  },
  failed: { label: 'Failed', colour: 'red', shape: `${circle}M5.5 5.5l5 5M10.5 5.5l-5 5` },
  stalled: { label: 'Stalled', colour: 'red', shape: 'M5.5 2h5l3.5 3.5v5L10.5 14h-5L2 10.5v-5ZM8 4.5v4.2M8 10.8v.8' },
  waiting: {
    label: 'Waiting for a dependency',
    colour: 'yellow',
    shape: 'M4 2h8M4 14h8M5 2c0 4 6 8 6 12M11 2c0 4-6 8-6 12',
  },
  suspended: { label: 'Suspended', colour: 'grey', shape: `${circle}M6.3 5.5v5M9.7 5.5v5` },
  deleting: { label: 'Deleting', colour: 'orange', shape: 'M3 4h10M6 4V2h4v2M4 4l.8 10h6.4L12 4M6.8 6.5v5M9.2 6.5v5' },
  unknown: { label: 'Unknown', colour: 'grey', shape: 'M5.5 6a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.7-.9 1.5M8 12.2v.8' },
  behind: { label: 'Behind its source', colour: 'yellow', shape: `${circle}M8 4.5V8l-2.6 2.2` },
  unchecked: { label: 'Applied, health not checked', colour: 'blue', shape: 'M2.5 8.2l3 3.3L11 5M9 11.5l.5.5L14 6.5' },
  empty: { label: 'Applies nothing', colour: 'grey', shape: 'M3 3h10v10H3Z' },
  static: { label: 'Has no state', colour: 'grey', shape: 'M3.5 8h9' },
  disconnected: {
    label: 'Disconnected',
    colour: 'purple',
    shape: 'M6 3.5V6H4.5v2.5A3.5 3.5 0 0 0 8 12v2.5M10 3.5V6h1.5v2M2.5 14l11-12',
  },
};
