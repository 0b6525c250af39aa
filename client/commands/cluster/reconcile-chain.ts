import * as vscode from 'vscode';
import { reconcileChain as chainOf } from '../../status/reconcile-chain';
import { describeKey } from '../../status/relations/behind';
import { parseLiveId } from '../../status/live/live-id';
import { type Command } from '../command';
import { chooseTarget } from '../object-action/choose-target';
import { noticeText } from '../object-action/notice-text';
import { writeAccess } from '../object-action/write-access';
import { carryOut, tellResult } from './carry-out';
import { accessOf, planSteps } from './plan-steps';

/** Reconciles what a change in Git passes through until it reaches an object: sources, then who applies it, then itself. */
export const reconcileChain: Command['run'] = async (context, argument) => {
  const chosen = await chooseTarget(context, argument, { verb: 'Reconcile Chain', capability: 'reconcile' });
  if (chosen === undefined) return;
  const { live, target, from } = chosen;
  const chain = chainOf(live.clusters.store, target.context, target.id);
  const steps = planSteps(chain.steps, 'reconcile');
  const title = noticeText(`Reconcile ${target.label} in ${target.context} from its sources`);
  const access = { context: target.context, ids: accessOf(steps), object: noticeText(target.label), doing: title };
  const requests = await writeAccess(live, access);
  if (requests === undefined) return;
  const options = { context: target.context, title, reason: '', from, stopsAtFailure: true };
  const result = await carryOut(live, requests, steps, options);
  const passed = chain.passedOver.map((id) => describeKey(parseLiveId(id)?.key ?? ''));
  if (passed.length > 0) {
    void vscode.window.showWarningMessage(
      noticeText(`Not asked, since nothing reconciles them now: ${passed.join(', ')}.`, 500),
    );
  }
  await tellResult(title, result);
};
