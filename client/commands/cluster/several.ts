import * as vscode from 'vscode';
import { resumePlan } from '../../status/freeze/resume-plan';
import { liveId, type LiveId } from '../../status/live/live-id';
import { dependencyOrder } from '../../status/order';
import { type StatusStore } from '../../status/store/status-store';
import { type Command, type CommandContext } from '../command';
import { noticeText } from '../object-action/notice-text';
import { takenBack } from '../object-action/rendered-fields';
import { type PlanStep } from '../object-action/run-plan';
import { writeAccess } from '../object-action/write-access';
import { carryOut, tellResult } from './carry-out';
import { chooseContext } from './choose-context';
import { planSteps } from './plan-steps';
import { undoNewest } from './undo';

interface Several {
  readonly action: PlanStep['action'];
  /** `Suspend`. */
  readonly verb: string;
  readonly order: (store: StatusStore, ids: readonly LiveId[]) => readonly LiveId[];
}

/** Acts on many objects of one context, each after what it needs. */
async function several(context: CommandContext, argument: unknown, { action, verb, order }: Several): Promise<void> {
  const live = await context.live();
  const where = await chooseContext(live, argument, `${verb} in Which Context?`);
  if (where === undefined) return;
  const targets = live.targets(action).filter((target) => target.context === where);
  if (targets.length === 0) {
    await vscode.window.showInformationMessage(`Nothing in ${where} can be chosen to ${verb.toLowerCase()}.`);
    return;
  }
  const items = targets.map((target) => ({ label: target.label, description: target.description, target }));
  const title = `${verb} Which Objects in ${where}?`;
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true, matchOnDescription: true });
  if (chosen === undefined || chosen.length === 0) return;
  const ids = order(
    live.clusters.store,
    chosen.map(({ target }) => liveId(where, target.id)),
  );
  const steps = planSteps(ids, action);
  const object = `${steps.length} object${steps.length === 1 ? '' : 's'}`;
  const doing = noticeText(`${verb} ${object} in ${where}`);
  const requests = await writeAccess(live, { context: where, ids: steps.map(({ id }) => id), object, doing });
  if (requests === undefined) return;
  const undone = action === 'reconcile' ? [] : await takenBack(context, live, where, ids, action);
  const reason = action === 'suspend' ? await askReason(doing, undone) : '';
  if (reason === undefined) return;
  const options = { context: where, title: doing, reason, from: 'palette', stopsAtFailure: false } as const;
  const result = await carryOut(live, requests, steps, options);
  const notes = action === 'resume' ? undone : [];
  if ((await tellResult(doing, result, notes)) === 'undo') await undoNewest(live, where);
}

/**
 * Why something is suspended; undefined when the user gives up.
 * @param undone what does not stay suspended, one sentence each
 */
export async function askReason(title: string, undone: readonly string[] = []): Promise<string | undefined> {
  const why = 'Why? It is noted on each object, together with your login. May be left empty.';
  const reason = await vscode.window.showInputBox({
    title,
    prompt: noticeText([...undone, why].join(' '), 600),
    ignoreFocusOut: true,
  });
  return reason?.trim();
}

const inOrder: Several['order'] = (store, ids) => dependencyOrder(store, ids).ordered;

export const reconcileSeveral: Command['run'] = (context, argument) =>
  several(context, argument, { action: 'reconcile', verb: 'Reconcile', order: inOrder });

export const suspendSeveral: Command['run'] = (context, argument) =>
  several(context, argument, { action: 'suspend', verb: 'Suspend', order: inOrder });

export const resumeSeveral: Command['run'] = (context, argument) =>
  several(context, argument, {
    action: 'resume',
    verb: 'Resume',
    order: (store, ids) => resumePlan(store, ids).steps.map(({ id }) => id),
  });
