import { type Command } from './command';

/** A command about live objects, whose code is a bundle of its own and loaded when the first of them runs. */
export function later(id: Command['id']): Command {
  return {
    id,
    run: async (context, argument) => {
      const { clusterCommands } = await import('./cluster/cluster-commands');
      await clusterCommands.get(id)?.(context, argument);
    },
  };
}
