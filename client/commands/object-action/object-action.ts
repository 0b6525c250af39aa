import * as vscode from 'vscode';
import type { Outcome, Requests } from '../../kube/kube';
import { isNameTyped } from '../../status/binding/production';
import { type NodeCapability } from '../../status/tree/tree-node';
import type { Live } from '../../views/live/live';
import { contextRules } from '../../views/live/settings';
import type { ActionTarget } from '../../views/live/targets';
import { type Command } from '../command';
import { runCancellable, type Report, type WorkingRow } from './cancellable';
import { noticeText } from './notice-text';
import { writeGuard, writeTexts } from './write-guard';

/** A write to one object, as the commands of Flux's CLI make them. */
export interface ObjectAction<Input> {
  readonly id: Command['id'];
  readonly capability: NodeCapability;
  /** `Reconcile`, for titles and questions. */
  readonly verb: string;
  /** `Reconciling`, while it runs. */
  readonly doing: string;
  /** What else has to be asked; undefined when the user gives up. */
  readonly ask: (subject: string) => Promise<Input | undefined>;
  /** @returns one sentence on how it came out */
  readonly run: (
    requests: Requests,
    target: ActionTarget,
    input: Input,
    report: Report,
    signal: AbortSignal,
  ) => Promise<Outcome<string>>;
}

/** The command of an action: from a row of the tree, or from the palette with a choice of objects. */
export function objectCommand<Input>(action: ObjectAction<Input>): Command {
  return {
    id: action.id,
    run: async (context, row) => {
      const live = await context.live();
      if (!live.clusters.isTrusted) return warn(writeTexts.untrusted);
      const target = typeof row === 'string' ? live.target(row) : await pick(live, action);
      if (target === undefined) return typeof row === 'string' ? warn(writeTexts.gone) : undefined;
      const from = typeof row === 'string' ? { begin: (stop: () => void) => live.view.begin(row, stop) } : 'palette';
      await act(live, target, action, from);
    },
  };
}

async function act<Input>(
  { clusters }: Live,
  target: ActionTarget,
  action: ObjectAction<Input>,
  from: WorkingRow | 'palette',
): Promise<void> {
  const { context, id } = target;
  const object = noticeText(target.label);
  const subject = `${object} in ${context}`;
  const guard = writeGuard(context, contextRules());
  if (guard === 'read-only') return warn(writeTexts.readOnly(context, object));
  const requests = clusters.requests(context);
  if (requests === undefined) return warn(writeTexts.notConnected(context));
  const allowed = await requests.mayI({ verb: 'patch', id });
  if (allowed.failure !== undefined) return warn(allowed.failure.message);
  if (!allowed.value) return warn(writeTexts.denied(context, object));
  if (guard === 'type-name' && !(await isConfirmed(context, `${action.verb} ${subject}`))) return;
  const input = await action.ask(subject);
  if (input === undefined) return;
  const outcome = await runCancellable(`${action.doing} ${subject}`, from, (report, signal) =>
    action.run(requests, target, input, report, signal),
  );
  if (outcome.failure === undefined) void vscode.window.showInformationMessage(noticeText(outcome.value, 500));
  else if (outcome.failure.name === 'cancelled') vscode.window.setStatusBarMessage(`Cancelled: ${subject}`, 5_000);
  else void vscode.window.showErrorMessage(noticeText(`${subject}: ${outcome.failure.message}`, 500));
}

async function isConfirmed(context: string, doing: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: doing,
    prompt: writeTexts.typeName(context, doing),
    placeHolder: context,
    ignoreFocusOut: true,
    validateInput: (text) => (isNameTyped(context, text) ? undefined : `Type ${context}.`),
  });
  return typed !== undefined && isNameTyped(context, typed);
}

async function pick<Input>(live: Live, { capability, verb }: ObjectAction<Input>): Promise<ActionTarget | undefined> {
  const targets = live.targets(capability);
  if (targets.length === 0) {
    await warn(`No connected context has an object to ${verb.toLowerCase()}.`);
    return undefined;
  }
  const items = targets.map((target) => ({ label: target.label, description: target.description, target }));
  const chosen = await vscode.window.showQuickPick(items, { title: verb, matchOnDescription: true });
  return chosen?.target;
}

async function warn(message: string): Promise<void> {
  await vscode.window.showWarningMessage(noticeText(message, 500));
}
