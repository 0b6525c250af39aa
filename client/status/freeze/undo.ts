import { type LiveId } from '../live/live-id';

/** One write of suspending or resuming, as the flux CLI makes it. */
export interface SuspendStep {
  readonly id: LiveId;
  readonly action: 'suspend' | 'resume';
}

/** What was done, in order; who did it and why goes into the annotations of each object. */
export interface UndoList {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: string;
  readonly reason: string;
  /** What takes it back, last step first: the order matters where objects hang on each other. */
  readonly steps: readonly SuspendStep[];
}

/** The undo list of steps that were carried out; those that failed or were left out are not among them. */
export function undoOf(done: readonly SuspendStep[], at: number, by: string, reason: string): UndoList {
  const steps = done.map(({ id, action }): SuspendStep => {
    return { id, action: action === 'suspend' ? 'resume' : 'suspend' };
  });
  return { at, by, reason, steps: steps.reverse() };
}
