import * as vscode from 'vscode';
import type { Outcome, Requests } from '../../kube/kube';
import { type CommandContext } from '../command';
import { runCancellable, type Report } from '../object-action/cancellable';
import { chooseTarget, type ChosenTarget, type TargetChoice } from '../object-action/choose-target';
import { noticeText } from '../object-action/notice-text';
import { showOutcome } from '../object-action/object-action';
import { writeTexts } from '../object-action/write-guard';

/** Something that is read of one object and shown. */
export interface ObjectReading<T> extends TargetChoice {
  /** `Reading the events of`. */
  readonly doing: string;
  readonly read: (chosen: ChosenTarget, requests: Requests, report: Report, signal: AbortSignal) => Promise<Outcome<T>>;
  readonly show: (chosen: ChosenTarget, value: T, context: CommandContext) => Promise<void>;
}

/** Chooses an object, reads under progress that can be cancelled, and shows what came. */
export async function readObject<T>(
  context: CommandContext,
  argument: unknown,
  reading: ObjectReading<T>,
): Promise<void> {
  const chosen = await chooseTarget(context, argument, { takesListed: true, ...reading });
  if (chosen === undefined) return;
  const { live, target, from } = chosen;
  const requests = live.clusters.requests(target.context);
  if (requests === undefined) {
    await vscode.window.showWarningMessage(noticeText(writeTexts.notConnected(target.context)));
    return;
  }
  const subject = noticeText(`${target.label} in ${target.context}`);
  const outcome = await runCancellable(`${reading.doing} ${subject}`, from, (report, signal) =>
    reading.read(chosen, requests, report, signal),
  );
  if (outcome.failure === undefined) await reading.show(chosen, outcome.value, context);
  else showOutcome(subject, outcome);
}

/** Shows a text about an object in an editor that cannot change it. */
export async function showText(
  { live, target: { context, id } }: Pick<ChosenTarget, 'live' | 'target'>,
  title: string,
  text: string,
  language: string,
): Promise<void> {
  const uri = live.documents.put([context, id.kind, id.namespace], title, text);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.languages.setTextDocumentLanguage(document, language);
  await vscode.window.showTextDocument(document, { preview: true });
}
