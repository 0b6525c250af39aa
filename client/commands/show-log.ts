import { type Command } from './command';

export const showLog: Command = {
  id: 'fluxwright.showLog',
  run: ({ log }) => log.show(),
};
