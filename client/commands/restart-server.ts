import { type Command } from './command';

export const restartServer: Command = {
  id: 'fluxwright.restartServer',
  run: ({ server }) => server.restart(),
};
