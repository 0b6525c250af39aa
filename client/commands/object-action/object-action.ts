import * as vscode from 'vscode';
import type { Outcome, Requests } from '../../kube/kube';
import { type NodeCapability } from '../../status/tree/tree-node';
import type { ActionTarget } from '../../views/live/targets';
import { type Command, type CommandContext } from '../command';
import { runCancellable, type Report } from './cancellable';
import { chooseTarget, type ChosenTarget } from './choose-target';
import { noticeText } from './notice-text';
import { writeAccess } from './write-access';

/** A write to one object, as the commands of Flux's CLI make them. */
export interface ObjectAction<Input> {
  readonly id: Command['id'];
  readonly capability: NodeCapability;
  /** `Reconcile`, for titles and questions. */
  readonly verb: string;
  /** `Reconciling`, while it runs. */
  readonly doing: string;
  /** What else has to be asked; undefined when the user gives up. */
  readonly ask: (subject: string, chosen: ChosenTarget, context: CommandContext) => Promise<Input | undefined>;
  /** @returns one sentence on how it came out */
  readonly run: (
    requests: Requests,
    target: ActionTarget,
    input: Input,
    report: Report,
    signal: AbortSignal,
  ) => Promise<Outcome<string>>;
}

/** The command of an action: from a row of the tree, a place in a file, or the palette with a choice of objects. */
export function objectCommand<Input>(action: ObjectAction<Input>): Command {
  return {
    id: action.id,
    run: async (context, argument) => {
      const chosen = await chooseTarget(context, argument, action);
      if (chosen !== undefined) await act(chosen, action, context);
    },
  };
}

async function act<Input>(
  chosen: ChosenTarget,
  action: ObjectAction<Input>,
  commandContext: CommandContext,
): Promise<void> {
  const { live, target, from } = chosen;
  const { context, id } = target;
  const object = noticeText(target.label);
  const subject = `${object} in ${context}`;
  const requests = await writeAccess(live, { context, ids: [id], object, doing: `${action.verb} ${subject}` });
  if (requests === undefined) return;
  const input = await action.ask(subject, chosen, commandContext);
  if (input === undefined) return;
  const outcome = await runCancellable(`${action.doing} ${subject}`, from, (report, signal) =>
    action.run(requests, target, input, report, signal),
  );
  showOutcome(subject, outcome);
}

/** Tells how an action came out; a cancelled one is told in passing. */
export function showOutcome(subject: string, outcome: Outcome<string>): void {
  if (outcome.failure === undefined) void vscode.window.showInformationMessage(noticeText(outcome.value, 500));
  else if (outcome.failure.name === 'cancelled') vscode.window.setStatusBarMessage(`Cancelled: ${subject}`, 5_000);
  else void vscode.window.showErrorMessage(noticeText(`${subject}: ${outcome.failure.message}`, 500));
}
