import * as vscode from 'vscode';
import { liveId } from '../../status/live/live-id';
import { noticeText } from '../object-action/notice-text';
import { objectCommand } from '../object-action/object-action';
import { takenBack } from '../object-action/rendered-fields';

/** Suspends an object and notes who did it and why. */
export const suspend = objectCommand<string>({
  id: 'fluxwright.suspend',
  capability: 'suspend',
  verb: 'Suspend',
  doing: 'Suspending',
  ask: async (subject, { live, target: { context, id } }, commandContext) => {
    const undone = await takenBack(commandContext, live, context, [liveId(context, id)], 'suspend');
    const why = 'Why? It is noted on the object, together with your login. May be left empty.';
    return vscode.window.showInputBox({
      title: `Suspend ${subject}`,
      prompt: noticeText([...undone, why].join(' '), 600),
      ignoreFocusOut: true,
    });
  },
  run: async (requests, { id, label, context }, reason, report, signal) => {
    report('asking who you are');
    const user = await requests.whoAmI(signal);
    const outcome = await requests.suspend(id, { by: user.value ?? '', reason: reason.trim() }, signal);
    return outcome.failure === undefined ? { value: `${label} in ${context} is suspended.` } : outcome;
  },
});
