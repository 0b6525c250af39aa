import * as vscode from 'vscode';
import { describe } from '../../../server/model/resource-id';
import type { Outcome, Requests } from '../../kube/kube';
import { type Compared } from '../../status/difference/compared';
import { type Command } from '../command';
import { runCancellable, type Report } from '../object-action/cancellable';
import { noticeText } from '../object-action/notice-text';
import { showOutcome } from '../object-action/object-action';
import { writeTexts } from '../object-action/write-guard';
import { compareObject, type RenderedObject } from './compare-object';
import { chooseCompared } from './compared-scope';
import { eachOf } from './each-of';

// As many as a server is asked at one time elsewhere.
const atOnce = 4;

interface Difference {
  readonly id: RenderedObject['id'];
  readonly both: Pick<Compared, 'live' | 'rendered'>;
}

/**
 * Compares all that a Kustomization applies, or that a file renders to, with what the cluster has; what differs is shown side
 * by side in one editor.
 * @param argument the row of a Kustomization, or the URI of a file; without, the user chooses
 */
export const compareAllWithGit: Command['run'] = async (context, argument) => {
  const scope = await chooseCompared(context, argument);
  if (scope === undefined) return;
  const { live, where, subject, from } = scope;
  const requests = live.clusters.requests(where);
  if (requests === undefined) {
    await vscode.window.showWarningMessage(noticeText(writeTexts.notConnected(where)));
    return;
  }
  const title = noticeText(`${subject}: ${where} ↔ Git`);
  const outcome = await runCancellable(`Comparing ${title}`, from, async (report, signal) => {
    report('rendering what Git says');
    const objects = await scope.render(requests, signal);
    return objects.failure === undefined ? differences(requests, objects.value, report, signal) : objects;
  });
  if (outcome.failure !== undefined) {
    showOutcome(title, outcome);
    return;
  }
  const { compared, different } = outcome.value;
  if (different.length === 0) {
    await vscode.window.showInformationMessage(`${title}: no difference in ${counted(compared)}.`);
    return;
  }
  const pairs = different.map(({ id, both }): readonly vscode.Uri[] => {
    const place = [where, id.kind, id.namespace];
    const left = live.documents.put([...place, 'live'], `${id.name}.yaml`, both.live);
    const right = live.documents.put([...place, 'Git'], `${id.name}.yaml`, both.rendered);
    return [right, left, right];
  });
  await vscode.commands.executeCommand('vscode.changes', title, pairs);
  vscode.window.setStatusBarMessage(`${title}: ${different.length} of ${counted(compared)} differ`, 10_000);
};

const counted = (count: number): string => (count === 1 ? '1 object' : `${count} objects`);

async function differences(
  requests: Requests,
  objects: readonly RenderedObject[],
  report: Report,
  signal: AbortSignal,
): Promise<Outcome<{ readonly compared: number; readonly different: readonly Difference[] }>> {
  let done = 0;
  const found = await eachOf(objects, atOnce, signal, async (object): Promise<Difference | undefined> => {
    const { value, failure } = await compareObject(requests, object, signal);
    report(`${++done} of ${objects.length}`);
    if (failure === undefined) return value.isEqual ? undefined : { id: object.id, both: value };
    const note = `# ${describe(object.id)} could not be compared: ${noticeText(failure.message, 400)}\n`;
    return { id: object.id, both: { live: note, rendered: '' } };
  });
  if (signal.aborted) return { failure: { name: 'cancelled', message: 'Cancelled.' } };
  return { value: { compared: objects.length, different: found.filter((one) => one !== undefined) } };
}
