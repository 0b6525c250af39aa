import * as vscode from 'vscode';
import { undoSteps, type UndoList } from '../../status/freeze/undo';
import { dropUndo, undoLists } from '../../status/freeze/undo-storage';
import { parseLiveId } from '../../status/live/live-id';
import { describeKey } from '../../status/relations/behind';
import type { Live } from '../../views/live/live';
import { type Command, type CommandContext } from '../command';
import { noticeText } from '../object-action/notice-text';
import { writeAccess } from '../object-action/write-access';
import { carryOut, tellResult } from './carry-out';
import { chooseContext } from './choose-context';
import { planSteps } from './plan-steps';

/** What can be taken back in the cluster that a context leads to now, newest first. */
export function keptLists(live: Live, context: string): readonly UndoList[] {
  return undoLists(live.memory, context, live.bindings.identity(context)?.server);
}

/** Takes back the newest action on several objects of a context. */
export async function undoNewest(live: Live, context: string): Promise<void> {
  const [newest] = keptLists(live, context);
  if (newest !== undefined) await undo(live, context, newest);
}

/** Chooses one of the kept actions and takes it back. */
export const undoSuspensions: Command['run'] = (context, argument) =>
  chooseAndUndo(context, argument, 'Undo Which Action?');

/** Ends a freeze: resumes what it suspended, in the order in which objects need each other. */
export const unfreezeCluster: Command['run'] = (context, argument) =>
  chooseAndUndo(context, argument, 'Resume What Which Freeze Suspended?', isFreeze);

/** Whether what was done only suspended. */
export const isFreeze = ({ steps }: UndoList): boolean => steps.every(({ action }) => action === 'resume');

async function chooseAndUndo(
  { live: open }: CommandContext,
  argument: unknown,
  title: string,
  takes?: (list: UndoList) => boolean,
): Promise<void> {
  const live = await open();
  const chosen = await chooseList(live, argument, title, takes);
  if (chosen !== undefined) await undo(live, chosen.context, chosen.list);
}

/** Lets the user choose one of the actions that were kept for a context; says so where there is none. */
export async function chooseList(
  live: Live,
  argument: unknown,
  title: string,
  takes: (list: UndoList) => boolean = () => true,
): Promise<{ readonly context: string; readonly list: UndoList } | undefined> {
  const context = await chooseContext(live, argument, 'In Which Context?');
  if (context === undefined) return undefined;
  const lists = keptLists(live, context).filter(takes);
  if (lists.length === 0) {
    await vscode.window.showInformationMessage(`Nothing that was suspended in ${context} from here can be taken back.`);
    return undefined;
  }
  const items = lists.map((list) => ({
    label: describeList(list),
    description: [new Date(list.at).toLocaleString(), list.by].filter(Boolean).join(' · '),
    detail: noticeText(
      [list.reason, list.steps.map(({ id }) => nameOf(id)).join(', ')].filter(Boolean).join(' – '),
      300,
    ),
    list,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  return chosen && { context, list: chosen.list };
}

const nameOf = (id: string): string => describeKey(parseLiveId(id)?.key ?? '');

function describeList({ steps }: UndoList): string {
  const count = (action: string): number => steps.filter((step) => step.action === action).length;
  const [resumes, suspends] = [count('resume'), count('suspend')];
  return [resumes > 0 ? `Resume ${resumes}` : '', suspends > 0 ? `Suspend ${suspends}` : ''].filter(Boolean).join(', ');
}

async function undo(live: Live, context: string, list: UndoList): Promise<void> {
  const steps = undoSteps(live.clusters.store, list).flatMap(({ id, action }) => planSteps([id], action));
  if (steps.length === 0) {
    await dropUndo(live.memory, context, list);
    await vscode.window.showInformationMessage(`Nothing is left to take back in ${context}: the objects are gone.`);
    return;
  }
  const title = noticeText(`${describeList(list)} in ${context}`);
  const requests = await writeAccess(live, {
    context,
    ids: steps.map(({ id }) => id),
    object: `${steps.length} objects`,
    doing: title,
  });
  if (requests === undefined) return;
  const options = { context, title, reason: list.reason, from: 'palette', stopsAtFailure: false } as const;
  const result = await carryOut(live, requests, steps, options);
  if (result.failed.length === 0 && !result.isCancelled) await dropUndo(live.memory, context, list);
  await tellResult(title, result);
}
