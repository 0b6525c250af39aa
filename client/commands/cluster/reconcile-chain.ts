import * as vscode from 'vscode';
import { type ResourceId } from '../../../server/model/resource-id';
import { reconcileChain as chainOf } from '../../status/reconcile-chain';
import { describeKey } from '../../status/relations/behind';
import { parseLiveId } from '../../status/live/live-id';
import type { Live } from '../../views/live/live';
import { type Command } from '../command';
import { type WorkingRow } from '../object-action/cancellable';
import { chooseTarget } from '../object-action/choose-target';
import { noticeText } from '../object-action/notice-text';
import { writeAccess } from '../object-action/write-access';
import { carryOut, tellResult } from './carry-out';
import { planSteps } from './plan-steps';

/** Reconciles what a change in Git passes through until it reaches an object: sources, then who applies it, then itself. */
export const reconcileChain: Command['run'] = async (context, argument) => {
  const chosen = await chooseTarget(context, argument, { verb: 'Reconcile Chain', capability: 'reconcile' });
  if (chosen === undefined) return;
  const { live, target, from } = chosen;
  const { context: where, id, label } = target;
  const title = noticeText(`Reconcile ${label} in ${where} from its sources`);
  await carryOutChain(live, { context: where, ids: [id], withDependents: false, object: label, title, from });
};

/** Objects of one context that a change in Git is to reach. */
export interface WantedChain {
  readonly context: string;
  readonly ids: readonly ResourceId[];
  readonly withDependents: boolean;
  /** How questions name them all. */
  readonly object: string;
  readonly title: string;
  readonly from: WorkingRow | 'palette';
}

/** Carries out a chain under a list that is checked off, and tells how it came out and what was passed over. */
export async function carryOutChain(live: Live, wanted: WantedChain): Promise<void> {
  const { context, ids, withDependents, object, title, from } = wanted;
  const chain = chainOf(live.clusters.store, context, ids, withDependents);
  const steps = planSteps(chain.steps, 'reconcile');
  if (steps.length === 0) {
    await vscode.window.showInformationMessage(noticeText(`Nothing of ${object} can be reconciled in ${context} now.`));
    return;
  }
  const access = { context, ids: steps.map(({ id }) => id), object: noticeText(object), doing: title };
  const requests = await writeAccess(live, access);
  if (requests === undefined) return;
  const options = { context, title, reason: '', from, stopsAtFailure: true };
  const result = await carryOut(live, requests, steps, options);
  const passed = chain.passedOver.map((id) => describeKey(parseLiveId(id)?.key ?? ''));
  if (passed.length > 0) {
    void vscode.window.showWarningMessage(
      noticeText(`Not asked, since nothing reconciles them now: ${passed.join(', ')}.`, 500),
    );
  }
  const [first, ...others] = chain.elsewhere;
  const address = first === undefined ? undefined : parseLiveId(first);
  if (address !== undefined) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const by = `${describeKey(address.key)} of ${address.context}${more}`;
    void vscode.window.showWarningMessage(
      noticeText(`What is here is applied from another context. Not asked: ${by}.`, 500),
    );
  }
  await tellResult(title, result);
}
