import { type Command } from './command';

export const showGraph: Command = {
  id: 'fluxwright.showGraph',
  run: ({ graph }) => graph.show(),
};
