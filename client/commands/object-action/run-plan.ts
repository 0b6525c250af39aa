import { describe, type ResourceId } from '../../../server/model/resource-id';
import type { ReconcileStep, Requests, SuspendNote } from '../../kube/kube';
import { type SuspendStep } from '../../status/freeze/undo';
import { liveId } from '../../status/live/live-id';
import { type CheckItem, type CheckState } from '../../status/texts/checklist';

/** One write of a plan of several. */
export interface PlanStep {
  readonly id: ResourceId;
  readonly action: 'reconcile' | 'suspend' | 'resume';
}

export interface PlanOptions {
  readonly context: string;
  readonly note: SuspendNote;
  /** For the last step alone, where it reconciles. */
  readonly force?: boolean;
  readonly reset?: boolean;
  /** Milliseconds for each object that is reconciled. */
  readonly timeout: number;
  /** What comes after a failure is not done: it needs what has failed. */
  readonly stopsAtFailure: boolean;
}

export interface PlanResult {
  readonly items: readonly CheckItem[];
  /** What was suspended and resumed, in order, and what may have been: the write was sent, and no answer came. */
  readonly done: readonly SuspendStep[];
  readonly failed: readonly string[];
  readonly isCancelled: boolean;
}

const stateOf: Readonly<Record<ReconcileStep['name'], CheckState>> = {
  // It is its turn.
  pending: 'working',
  requested: 'working',
  waiting: 'working',
  skipped: 'skipped',
  ready: 'done',
  failed: 'failed',
};

const words = { suspend: 'suspended', resume: 'resumed' } as const;

// Whoever sent a write and hears this does not know whether it was made.
const unanswered: ReadonlySet<string> = new Set([
  'cancelled',
  'unreachable',
  'not-connected',
  'timed-out',
  'server-error',
]);

// No other step can be carried out after these.
const isOver: ReadonlySet<string> = new Set([
  'not-connected',
  'login-failed',
  'expired',
  'plugin-refused',
  'misconfigured',
]);

/**
 * Carries out the steps of a plan one after the other, each awaited.
 * @param onChange told of the whole list whenever something of it is another
 */
export async function runPlan(
  requests: Pick<Requests, 'reconcile' | 'suspend' | 'resume'>,
  steps: readonly PlanStep[],
  options: PlanOptions,
  onChange: (items: readonly CheckItem[]) => void,
  signal: AbortSignal,
): Promise<PlanResult> {
  const items = steps.map(({ id }): CheckItem => ({ label: describe(id), state: 'open', message: '' }));
  const done: SuspendStep[] = [];
  const failed: string[] = [];
  const set = (index: number, state: CheckState, message = ''): void => {
    items[index] = { label: items[index]?.label ?? '', state, message };
    onChange([...items]);
  };
  onChange([...items]);
  let ended: string | undefined;
  for (const [index, step] of steps.entries()) {
    if (signal.aborted) break;
    if (ended !== undefined) {
      set(index, 'skipped', ended);
      continue;
    }
    if (failed.length > 0 && options.stopsAtFailure) {
      set(index, 'skipped', 'what it needs has failed');
      continue;
    }
    set(index, 'working');
    const failure = await runStep(index, step);
    const isWritten = failure === undefined || unanswered.has(failure.name);
    if (isWritten && step.action !== 'reconcile') {
      done.push({ id: liveId(options.context, step.id), action: step.action });
    }
    if (failure === undefined) continue;
    if (failure.name === 'cancelled') {
      set(index, 'open', step.action === 'reconcile' ? 'cancelled' : `cancelled, and perhaps ${words[step.action]}`);
      break;
    }
    failed.push(describe(step.id));
    set(index, 'failed', failure.message);
    if (isOver.has(failure.name)) ended = 'the connection is over';
  }
  return { items, done, failed, isCancelled: signal.aborted };

  async function runStep(
    index: number,
    { id, action }: PlanStep,
  ): Promise<{ name: string; message: string } | undefined> {
    if (action !== 'reconcile') {
      const outcome = await (action === 'suspend'
        ? requests.suspend(id, options.note, signal)
        : requests.resume(id, signal));
      if (outcome.failure === undefined) set(index, 'done', words[action]);
      return outcome.failure;
    }
    const isLast = index === steps.length - 1;
    const { failure, value } = await requests.reconcile(
      id,
      {
        withSource: false,
        force: isLast && options.force === true,
        reset: isLast && options.reset === true,
        timeout: options.timeout,
      },
      (told) => set(index, stateOf[told.name], 'message' in told ? told.message : ''),
      signal,
    );
    return value?.name === 'failed' ? { name: 'failed', message: value.message } : failure;
  }
}
