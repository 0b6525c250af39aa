import type { ControllerLine } from '../../kube/kube';
import { logLinesText } from '../../status/texts/log-lines-text';
import { controllersNamespace } from '../../status/controllers-namespace';
import { type Command } from '../command';
import { readObject, showText } from './read-object';

const hour = 3_600;

/** What the controllers wrote about one object within the last hour. */
export const showControllerLog: Command['run'] = (context, argument) =>
  readObject(context, argument, {
    verb: 'Show Controller Log',
    capability: 'favorite',
    takesListed: false,
    doing: 'Reading the controller log of',
    read: async ({ live, target }, requests, report, signal) => {
      const lines: ControllerLine[] = [];
      const namespace = controllersNamespace(live.clusters.store, target.context);
      const outcome = await requests.logs(
        target.id,
        { namespace, sinceSeconds: hour, follow: false },
        (line) => {
          lines.push(line);
          if (lines.length % 500 === 0) report(`${lines.length} lines`);
        },
        signal,
      );
      return outcome.failure === undefined ? { value: lines } : outcome;
    },
    show: (chosen, lines) => {
      const { label, context: where, id } = chosen.target;
      const text = logLinesText(`${label} in ${where}`, 'of the last hour', lines);
      return showText(chosen, `${id.name}.log`, text, 'log');
    },
  });
