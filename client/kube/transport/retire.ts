import { type Agent } from 'node:http';

/** Lets an agent go: what runs on its sockets goes on, those that nothing uses are closed, now and when they become so. */
export function retire(agent: Agent): void {
  agent.maxFreeSockets = 0;
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}
