import * as vscode from 'vscode';
import { objectCommand } from './object-action/object-action';

/** Suspends an object and notes who did it and why. */
export const suspend = objectCommand<string>({
  id: 'fluxwright.suspend',
  capability: 'suspend',
  verb: 'Suspend',
  doing: 'Suspending',
  ask: async (subject) =>
    vscode.window.showInputBox({
      title: `Suspend ${subject}`,
      prompt: 'Why? It is noted on the object, together with your login. May be left empty.',
      ignoreFocusOut: true,
    }),
  run: async (requests, { id, label, context }, reason, report, signal) => {
    report('asking who you are');
    const user = await requests.whoAmI(signal);
    const outcome = await requests.suspend(id, { by: user.value ?? '', reason: reason.trim() }, signal);
    return outcome.failure === undefined ? { value: `${label} in ${context} is suspended.` } : outcome;
  },
});
