import { objectCommand } from './object-action/object-action';

/** Resumes an object, and takes off who suspended it and why. */
export const resume = objectCommand<true>({
  id: 'fluxwright.resume',
  capability: 'resume',
  verb: 'Resume',
  doing: 'Resuming',
  ask: () => Promise.resolve(true),
  run: async (requests, { id, label, context }, _, __, signal) => {
    const outcome = await requests.resume(id, signal);
    return outcome.failure === undefined ? { value: `${label} in ${context} is resumed.` } : outcome;
  },
});
