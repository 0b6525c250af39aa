import { phaseShapes } from '../phase-shapes';
import { type Phase } from '../protocol';

/** How a live state is shown: a word, a shape of its own in a box of 16 by 16, and one of the editor's colours. */
export interface PhaseMark {
  readonly label: string;
  /** Data of an SVG path that is drawn as a line. */
  readonly shape: string;
  readonly colour: 'green' | 'blue' | 'red' | 'yellow' | 'purple' | 'grey';
}

export const phaseMarks: Readonly<Record<Phase, PhaseMark>> = {
  ready: { label: 'Ready', colour: 'green', shape: phaseShapes.ready },
  reconciling: { label: 'Reconciling', colour: 'blue', shape: phaseShapes.reconciling },
  failed: { label: 'Failed', colour: 'red', shape: phaseShapes.failed },
  stalled: { label: 'Stalled', colour: 'red', shape: phaseShapes.stalled },
  waiting: { label: 'Waiting for a dependency', colour: 'yellow', shape: phaseShapes.waiting },
  suspended: { label: 'Suspended', colour: 'grey', shape: phaseShapes.suspended },
  deleting: { label: 'Deleting', colour: 'yellow', shape: phaseShapes.deleting },
  unknown: { label: 'Unknown', colour: 'grey', shape: phaseShapes.unknown },
  behind: { label: 'Behind its source', colour: 'yellow', shape: phaseShapes.behind },
  unchecked: { label: 'Applied, health not checked', colour: 'blue', shape: phaseShapes.unchecked },
  empty: { label: 'Applies nothing', colour: 'grey', shape: phaseShapes.empty },
  static: { label: 'Has no state', colour: 'grey', shape: phaseShapes.static },
  disconnected: { label: 'Disconnected', colour: 'purple', shape: phaseShapes.disconnected },
};
