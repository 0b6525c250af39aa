import { type LiveStatus } from '../live/live-status';
import { type Phase } from '../live/phase';
import { behindOf, type Behind } from './behind';
import { type LiveView } from './live-view';

/** What is shown of an object; `ready` only when it is, and nothing says otherwise. */
export type StandingState = Phase | 'behind' | 'empty' | 'unchecked';

/** An object in its surroundings. */
export interface Standing {
  readonly status: LiveStatus;
  readonly state: StandingState;
  readonly behind: readonly Behind[];
  /** Ready, but nobody looked at the health of what was applied. */
  readonly isUnchecked: boolean;
  /** Ready, and nothing was applied. */
  readonly isEmpty: boolean;
  /** Since when (milliseconds since the epoch) nothing is heard of it; undefined while its watch is live. */
  readonly staleSince: number | undefined;
}

/** Judges an object by itself and by what surrounds it. */
export function standingOf(view: LiveView, context: string, status: LiveStatus): Standing {
  const behind = behindOf(view, context, status);
  const isReady = status.phase === 'ready';
  const isEmpty = isReady && status.inventory?.length === 0;
  const isUnchecked = isReady && !isEmpty && status.health === 'unchecked';
  const watch = view.stateOf(context, status.id);
  const staleSince = watch?.name === 'disconnected' || watch?.name === 'paused' ? watch.since : undefined;
  return { status, state: stateOf(status, behind, isEmpty, isUnchecked), behind, isUnchecked, isEmpty, staleSince };
}

function stateOf(
  { phase }: LiveStatus,
  behind: readonly Behind[],
  isEmpty: boolean,
  isUnchecked: boolean,
): StandingState {
  if (phase !== 'ready') return phase;
  if (behind.length > 0) return 'behind';
  if (isEmpty) return 'empty';
  return isUnchecked ? 'unchecked' : 'ready';
}

/** Whether a mark may be green: ready in all respects, and heard of until now. */
export function isGreen({ state, staleSince }: Pick<Standing, 'state' | 'staleSince'>): boolean {
  return state === 'ready' && staleSince === undefined;
}

/** Whether an object fails, or waits for what may. */
export function isFaulty(status: Pick<LiveStatus, 'phase'>): boolean {
  return isFailing(status) || status.phase === 'waiting';
}

/** Whether an object counts as failing, as in the badge. */
export function isFailing({ phase }: Pick<LiveStatus, 'phase'>): boolean {
  return phase === 'failed' || phase === 'stalled';
}
