import { type Command } from './command';

/** Cancels what works on the object of a row; what was already sent is not taken back. */
export const cancelAction: Command = {
  id: 'fluxwright.cancelAction',
  run: async ({ live }, row) => {
    if (typeof row === 'string') (await live()).view.cancel(row);
  },
};
