import * as vscode from 'vscode';
import { freezePlan, frozenKinds } from '../../status/freeze/freeze-plan';
import { freezeSummary, freezeText } from '../../status/freeze/freeze-text';
import { liveId, type LiveId } from '../../status/live/live-id';
import type { Live } from '../../views/live/live';
import { type Command } from '../command';
import { runCancellable } from '../object-action/cancellable';
import { noticeText } from '../object-action/notice-text';
import { renderedFields } from '../object-action/rendered-fields';
import { writeAccess } from '../object-action/write-access';
import { carryOut, summaryOf } from './carry-out';
import { chooseContext } from './choose-context';
import { planSteps } from './plan-steps';
import { askReason } from './several';
import { keptLists, undoNewest } from './undo';
import { verify } from './verify-freeze';

/** Suspends all that brings changes into a cluster, in all its namespaces; shows each object before, and what does not hold. */
export const freezeCluster: Command['run'] = async (context, argument) => {
  const live = await context.live();
  const where = await chooseContext(live, argument, 'Freeze Which Context?');
  if (where === undefined) return;
  const kinds = await chooseKinds(where);
  if (kinds === undefined) return;
  const rendered = await runCancellable(noticeText(`Looking at what Git says for ${where}`), 'palette', (_, signal) =>
    renderedFields(context, live, where, kustomizationsOf(live, where), signal),
  );
  if (rendered === undefined) return;
  const plan = freezePlan(live.clusters.store, where, rendered, kinds);
  if (plan.steps.length === 0) {
    await vscode.window.showInformationMessage(`Nothing in ${where} is left to suspend.`);
    return;
  }
  const uri = live.documents.put([where], `Freeze ${where}.plan`, freezeText(plan));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  const freeze = 'Freeze';
  const detail = freezeSummary(plan).join('\n');
  const object = `${plan.steps.length} object${plan.steps.length === 1 ? '' : 's'}`;
  const title = noticeText(`Freeze ${where}: suspend ${object}`);
  if ((await vscode.window.showWarningMessage(`${title}?`, { modal: true, detail }, freeze)) !== freeze) return;
  const steps = planSteps(
    plan.steps.map(({ id }) => id),
    'suspend',
  );
  const requests = await writeAccess(live, { context: where, ids: steps.map(({ id }) => id), object, doing: title });
  if (requests === undefined) return;
  const reason = await askReason(title);
  if (reason === undefined) return;
  const options = { context: where, title, reason, from: 'palette', stopsAtFailure: false } as const;
  const result = await carryOut(live, requests, steps, options);
  const [undo, check, back] = ['Undo', 'Verify', 'Way Back…'];
  const show = result.failed.length > 0 ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const next = await show(noticeText(`${title}: ${summaryOf(result)}`, 500), undo, check, back);
  const [newest] = keptLists(live, where);
  if (next === undo) await undoNewest(live, where);
  else if (next === check && newest !== undefined) await verify(live, where, newest);
  else if (next === back) await vscode.commands.executeCommand('fluxwright.wayBack', argument);
};

/** Which kinds are to be suspended, all of them to begin with; undefined when the user gives up, or none is left. */
async function chooseKinds(context: string): Promise<readonly string[] | undefined> {
  const items = frozenKinds.map(([group, kind]) => ({ label: kind, description: group, picked: true }));
  const title = noticeText(`Freeze Which Kinds in ${context}?`);
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true, ignoreFocusOut: true });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ label }) => label);
}

const kustomizationsOf = (live: Live, context: string): readonly LiveId[] =>
  [...(live.clusters.store.find(context)?.ofKind('kustomize.toolkit.fluxcd.io', 'Kustomization') ?? [])].map(
    ({ key }) => liveId(context, key),
  );
