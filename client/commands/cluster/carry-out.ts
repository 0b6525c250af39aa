import * as vscode from 'vscode';
import type { Requests } from '../../kube/kube';
import { undoOf } from '../../status/freeze/undo';
import { keepUndo } from '../../status/freeze/undo-storage';
import { checklistText, type CheckItem } from '../../status/texts/checklist';
import type { Live } from '../../views/live/live';
import { runCancellable, type WorkingRow } from '../object-action/cancellable';
import { noticeText } from '../object-action/notice-text';
import { runPlan, type PlanOptions, type PlanResult, type PlanStep } from '../object-action/run-plan';

export interface CarryOut extends Omit<PlanOptions, 'note' | 'timeout'> {
  /** `Reconcile 4 objects in staging`. */
  readonly title: string;
  /** Why, where it suspends. */
  readonly reason: string;
  readonly from: WorkingRow | 'palette';
}

// As the CLI of Flux waits, for each object.
const timeout = 300_000;

/**
 * Carries out a plan under a list that is checked off as it goes, and keeps what takes it back. The list stays open as a
 * text.
 */
export async function carryOut(
  live: Live,
  requests: Requests,
  steps: readonly PlanStep[],
  { title, reason, from, ...options }: CarryOut,
): Promise<PlanResult> {
  const show = (items: readonly CheckItem[], end = ''): vscode.Uri =>
    live.documents.put([options.context], `${title}.checklist`, checklistText(title, items, end));
  const document = await vscode.workspace.openTextDocument(show([]));
  await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
  const result = await runCancellable(title, from, async (report, signal) => {
    const by = steps.some(({ action }) => action === 'suspend') ? ((await requests.whoAmI(signal)).value ?? '') : '';
    const note = { by, reason };
    const ran = await runPlan(
      requests,
      steps,
      { ...options, note, timeout },
      (items) => {
        show(items);
        const at = items.findIndex(({ state }) => state === 'working');
        const item = items[at];
        if (item !== undefined) report(noticeText(`${at + 1} of ${items.length}: ${item.label} ${item.message}`));
      },
      signal,
    );
    if (ran.done.length > 0) {
      const list = undoOf(ran.done, Date.now(), by, reason, live.bindings.identity(options.context)?.server);
      await keepUndo(live.memory, options.context, list);
    }
    return ran;
  });
  show(result.items, summaryOf(result));
  return result;
}

/** One sentence on how a plan came out. */
export function summaryOf({ items, failed, isCancelled }: PlanResult): string {
  const done = items.filter(({ state }) => state === 'done').length;
  const left = items.length - done - failed.length;
  return (
    [
      `${done} of ${items.length} done`,
      ...(failed.length > 0 ? [`${failed.length} failed`] : []),
      ...(left > 0 ? [`${left} left out`] : []),
    ].join(', ') + (isCancelled ? '. Cancelled.' : '.')
  );
}

/**
 * Tells how a plan came out, and offers to take back what it suspended or resumed.
 * @param notes what else is to be known of it, one sentence each
 */
export async function tellResult(
  title: string,
  result: PlanResult,
  notes: readonly string[] = [],
): Promise<'undo' | undefined> {
  const text = noticeText([`${title}: ${summaryOf(result)}`, ...notes].join(' '), 500);
  const undo = 'Undo';
  const actions = result.done.length > 0 ? [undo] : [];
  const show = result.failed.length > 0 ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  return (await show(text, ...actions)) === undo ? 'undo' : undefined;
}
