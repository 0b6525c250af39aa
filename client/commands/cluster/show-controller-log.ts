import * as vscode from 'vscode';
import type { ControllerLine, Outcome, Requests } from '../../kube/kube';
import { logLinesText } from '../../status/texts/log-lines-text';
import { controllersNamespace } from '../../status/controllers-namespace';
import { type Command } from '../command';
import { type ChosenTarget } from '../object-action/choose-target';
import { noticeText } from '../object-action/notice-text';
import { writeTexts } from '../object-action/write-guard';
import { followLog } from './follow-log';
import { readObject, showText } from './read-object';

const hour = 3_600;

/** What the controllers wrote about one object within the last hour, and what they write until the text is closed. */
export const showControllerLog: Command['run'] = (context, argument) =>
  readObject(context, argument, {
    verb: 'Show Controller Log',
    capability: 'favorite',
    takesListed: false,
    doing: 'Reading the controller log of',
    read: async (chosen, requests, report, signal) => {
      const lines: ControllerLine[] = [];
      const onLine = (line: ControllerLine): void => {
        lines.push(line);
        if (lines.length % 500 === 0) report(`${lines.length} lines`);
      };
      const outcome = await ask(chosen, requests, { sinceSeconds: hour, follow: false }, onLine, signal);
      return outcome.failure === undefined ? { value: lines } : outcome;
    },
    show: async (chosen, lines) => {
      const { live, target } = chosen;
      const { label, context: where, id } = target;
      const subject = `${label} in ${where}`;
      const title = `${id.name}.log`;
      await showText(chosen, title, logLinesText(subject, 'of the last hour', lines), 'log');
      const open = { documents: live.documents, place: [where, id.kind, id.namespace], title, subject };
      // Not awaited: the command is done, and what follows ends with the text.
      void followLog(open, lines, async (sinceSeconds, onLine, signal) => {
        // Asked each time: the context may be connected anew meanwhile.
        const requests = live.clusters.requests(where);
        if (requests === undefined) {
          return { name: 'not-connected', message: noticeText(writeTexts.notConnected(where)) };
        }
        return (await ask(chosen, requests, { sinceSeconds, follow: true }, onLine, signal)).failure;
      }).catch(() => vscode.window.setStatusBarMessage(`The controller log of ${noticeText(subject)} ended.`, 5_000));
    },
  });

function ask(
  { live, target }: Pick<ChosenTarget, 'live' | 'target'>,
  requests: Requests,
  query: { readonly sinceSeconds: number; readonly follow: boolean },
  onLine: (line: ControllerLine) => void,
  signal: AbortSignal,
): Promise<Outcome<undefined>> {
  const namespace = controllersNamespace(live.clusters.store, target.context, target.id.group);
  return requests.logs(target.id, { namespace, ...query }, onLine, signal);
}
