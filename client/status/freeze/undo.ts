import { parseResourceKey } from '../../../server/model/resource-id';
import { parseLiveId, type LiveId } from '../live/live-id';
import { dependencyOrder } from '../order';
import { type LiveView } from '../relations/live-view';

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
  /** The API server then: another one under the same context is another cluster. Empty where it is not on record. */
  readonly server?: string;
  /** What takes it back, last step first: the order matters where objects hang on each other. */
  readonly steps: readonly SuspendStep[];
}

/** The undo list of steps that were carried out, or may have been; those that failed or were left out are not among them. */
export function undoOf(done: readonly SuspendStep[], at: number, by: string, reason: string, server = ''): UndoList {
  const steps = done.map(({ id, action }): SuspendStep => {
    return { id, action: action === 'suspend' ? 'resume' : 'suspend' };
  });
  return { at, by, reason, steps: steps.reverse(), ...(server === '' ? {} : { server }) };
}

/**
 * How to carry out an undo list now, each object after what it needs: what is resumed first. Left out is what is gone for
 * certain, and nothing else: an object that no watch has told of yet is suspended still. Resuming twice changes nothing.
 */
export function undoSteps(view: LiveView, { steps }: Pick<UndoList, 'steps'>): readonly SuspendStep[] {
  const ordered = (action: SuspendStep['action']): readonly SuspendStep[] => {
    const ids = steps.filter((step) => step.action === action).map(({ id }) => id);
    const left = ids.filter((id) => !isGone(view, id));
    return dependencyOrder(view, left).ordered.map((id) => ({ id, action }));
  };
  return [...ordered('resume'), ...ordered('suspend')];
}

function isGone(view: LiveView, live: LiveId): boolean {
  const address = parseLiveId(live);
  const id = address && parseResourceKey(address.key);
  if (address === undefined || id === undefined) return true;
  const state = view.stateOf(address.context, id)?.name;
  return view.get(live) === undefined && (state === 'live' || state === 'absent');
}
