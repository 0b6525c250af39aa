import { type LiveId } from '../live/live-id';
import { dependencyOrder } from '../order';
import { type LiveView } from '../relations/live-view';
import { type SuspendStep, type UndoList } from './undo';

export interface ResumePlan {
  /** Parents and dependencies first. */
  readonly steps: readonly SuspendStep[];
  /** Not suspended any more: somebody resumed them. */
  readonly alreadyResumed: readonly LiveId[];
  readonly gone: readonly LiveId[];
  /** These wait for each other; Flux will not get them ready whatever is resumed first. */
  readonly inCircles: readonly LiveId[];
}

/** How to resume objects so that none has to wait for one that is still suspended. */
export function resumePlan(view: LiveView, ids: readonly LiveId[]): ResumePlan {
  const suspended: LiveId[] = [];
  const alreadyResumed: LiveId[] = [];
  const gone: LiveId[] = [];
  for (const id of ids) {
    const status = view.get(id);
    if (status === undefined) gone.push(id);
    else if (status.suspension === undefined) alreadyResumed.push(id);
    else suspended.push(id);
  }
  const { ordered, inCircles } = dependencyOrder(view, suspended);
  return { steps: ordered.map((id) => ({ id, action: 'resume' })), alreadyResumed, gone, inCircles };
}

/** How to end a freeze: only what it suspended itself is resumed. */
export function unfreezePlan(view: LiveView, undo: UndoList): ResumePlan {
  return resumePlan(
    view,
    undo.steps.flatMap(({ id, action }) => (action === 'resume' ? [id] : [])),
  );
}
