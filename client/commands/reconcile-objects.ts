import { noticeText } from './object-action/notice-text';
import { type NodeCapability } from '../status/tree/tree-node';
import { objectCommand } from './object-action/object-action';
import { stepText } from './object-action/step-text';
import { type Command } from './command';

// As the CLI of Flux waits, for each object.
const timeout = 300_000;

interface Reconciliation {
  readonly id: Command['id'];
  readonly capability: NodeCapability;
  readonly verb: string;
  readonly withSource?: true;
  readonly force?: true;
  readonly reset?: true;
}

function reconcileCommand({ id, capability, verb, ...how }: Reconciliation): Command {
  return objectCommand<true>({
    id,
    capability,
    verb,
    doing: 'Reconciling',
    ask: () => Promise.resolve(true),
    run: async (requests, { id: object, label, context }, _, report, signal) => {
      const options = { withSource: false, force: false, reset: false, ...how, timeout };
      const outcome = await requests.reconcile(object, options, (step) => report(stepText(step)), signal);
      if (outcome.failure !== undefined) return outcome;
      const { value } = outcome;
      if (value.name === 'failed') return { failure: { name: 'server-error', message: stepText(value) } };
      const said = 'message' in value ? value.message : '';
      return { value: noticeText(`${label} in ${context} is reconciled. ${said}`) };
    },
  });
}

export const reconcile = reconcileCommand({
  id: 'fluxwright.reconcile',
  capability: 'reconcile',
  verb: 'Reconcile',
});

export const reconcileWithSource = reconcileCommand({
  id: 'fluxwright.reconcileWithSource',
  capability: 'reconcileWithSource',
  verb: 'Reconcile with source',
  withSource: true,
});

/** Installs or upgrades a HelmRelease once, even if nothing has changed. */
export const reconcileForce = reconcileCommand({
  id: 'fluxwright.reconcileForce',
  capability: 'force',
  verb: 'Reconcile with force',
  force: true,
});

/** Forgets the failures of a HelmRelease that were counted so far. */
export const reconcileReset = reconcileCommand({
  id: 'fluxwright.reconcileReset',
  capability: 'force',
  verb: 'Reconcile with reset',
  reset: true,
});
