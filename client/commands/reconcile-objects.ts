import { noticeText } from './object-action/notice-text';
import { objectCommand } from './object-action/object-action';
import { stepText } from './object-action/step-text';
import { type Command } from './command';

// As the CLI of Flux waits, for each object.
const timeout = 300_000;

function reconcileCommand(id: Command['id'], withSource: boolean): Command {
  return objectCommand<true>({
    id,
    capability: withSource ? 'reconcileWithSource' : 'reconcile',
    verb: withSource ? 'Reconcile with source' : 'Reconcile',
    doing: 'Reconciling',
    ask: () => Promise.resolve(true),
    run: async (requests, { id: object, label, context }, _, report, signal) => {
      const options = { withSource, force: false, reset: false, timeout };
      const outcome = await requests.reconcile(object, options, (step) => report(stepText(step)), signal);
      if (outcome.failure !== undefined) return outcome;
      const { value } = outcome;
      if (value.name === 'failed') return { failure: { name: 'server-error', message: stepText(value) } };
      const said = 'message' in value ? value.message : '';
      return { value: noticeText(`${label} in ${context} is reconciled. ${said}`) };
    },
  });
}

export const reconcile = reconcileCommand('fluxwright.reconcile', false);
export const reconcileWithSource = reconcileCommand('fluxwright.reconcileWithSource', true);
