import * as vscode from 'vscode';
import type { Outcome, Requests } from '../../kube/kube';
import { deletionFacts, type DeletionFacts, type ReadForDeletion } from '../../status/deletion/deletion-facts';
import { deletionText } from '../../status/deletion/deletion-text';
import { protectedReason } from '../../status/deletion/protected';
import { liveText } from '../../status/live/live-value';
import { type LiveObject } from '../../status/object-sink';
import { allowsDelete } from '../../views/live/settings';
import { type Command } from '../command';
import { runCancellable } from '../object-action/cancellable';
import { chooseTarget, type ChosenTarget } from '../object-action/choose-target';
import { noticeText } from '../object-action/notice-text';
import { showOutcome } from '../object-action/object-action';
import { writeAccess } from '../object-action/write-access';

/** Deletes exactly the object that the dialog told of. Off by default. */
export const deleteObject: Command['run'] = async (context, argument) => {
  if (!allowsDelete()) {
    const open = 'Open Setting';
    const message = 'Deleting objects is off. The setting fluxwright.allowDelete turns it on.';
    if ((await vscode.window.showInformationMessage(message, open)) === open) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'fluxwright.allowDelete');
    }
    return;
  }
  const choice = { verb: 'Delete', capability: 'delete', takesListed: true } as const;
  const chosen = await chooseTarget(context, argument, choice);
  if (chosen === undefined) return;
  const { live, target } = chosen;
  const reason = protectedReason(live.clusters.store, target.context, target.id);
  if (reason !== undefined) {
    await vscode.window.showErrorMessage(noticeText(reason, 500), { modal: true });
    return;
  }
  const object = noticeText(target.label);
  const doing = `Delete ${object} in ${target.context}`;
  const requests = await writeAccess(live, {
    context: target.context,
    ids: [target.id],
    object,
    doing,
    verb: 'delete',
  });
  if (requests !== undefined) await confirmAndDelete(chosen, requests, doing);
};

interface Known {
  readonly object: LiveObject;
  readonly found: DeletionFacts;
}

async function confirmAndDelete(
  { live, target, from }: ChosenTarget,
  requests: Requests,
  doing: string,
): Promise<void> {
  const { context, id } = target;
  const subject = noticeText(`${target.label} in ${context}`);
  const facts = await runCancellable(
    `Looking at what deleting ${subject} does`,
    from,
    async (report, signal): Promise<Outcome<Known>> => {
      const outcome = await requests.get(id, undefined, signal);
      if (outcome.failure !== undefined) return outcome;
      let looked = 0;
      const read: ReadForDeletion = async (one, where) => {
        report(`${++looked} objects`);
        const asked = where === context ? requests : live.clusters.requests(where);
        if (asked === undefined) return 'unread';
        const { value, failure } = await asked.get(one, undefined, signal);
        return failure === undefined || failure.name === 'absent' ? value : 'unread';
      };
      const found = await deletionFacts(live.clusters.store, context, id, outcome.value, read);
      if (signal.aborted) return { failure: { name: 'cancelled', message: 'Cancelled.' } };
      return { value: { object: outcome.value, found } };
    },
  );
  if (facts.failure !== undefined) {
    showOutcome(subject, facts);
    return;
  }
  const { refused } = facts.value.found;
  if (refused !== undefined) {
    await vscode.window.showErrorMessage(noticeText(refused, 600), { modal: true });
    return;
  }
  const remove = 'Delete';
  const detail = deletionText(facts.value.found).join('\n\n');
  if ((await vscode.window.showWarningMessage(`${doing}?`, { modal: true, detail }, remove)) !== remove) return;
  const uid = liveText(facts.value.object, 'metadata', 'uid') ?? '';
  const outcome = await runCancellable(`Deleting ${subject}`, from, (_, signal) =>
    requests.delete(id, { propagation: 'Background', uid }, signal),
  );
  showOutcome(subject, outcome.failure === undefined ? { value: `${subject} is being deleted.` } : outcome);
}
