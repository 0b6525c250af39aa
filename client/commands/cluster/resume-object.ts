import { liveId } from '../../status/live/live-id';
import { objectCommand } from '../object-action/object-action';
import { takenBack } from '../object-action/rendered-fields';

/** Resumes an object, and takes off who suspended it and why. What is to be asked is who suspends it again. */
export const resume = objectCommand<readonly string[]>({
  id: 'fluxwright.resume',
  capability: 'resume',
  verb: 'Resume',
  doing: 'Resuming',
  ask: (_, { live, target: { context, id } }, commandContext) =>
    takenBack(commandContext, live, context, [liveId(context, id)], 'resume'),
  run: async (requests, { id, label, context }, undone, _, signal) => {
    const outcome = await requests.resume(id, signal);
    return outcome.failure === undefined
      ? { value: [`${label} in ${context} is resumed.`, ...undone].join(' ') }
      : outcome;
  },
});
