import * as vscode from 'vscode';
import { parsePath } from '../status/tree/node-path';
import { type Command } from './command';

/** Ends the connection of a context and forgets it; it is not connected again before a Connect. */
export const disconnect: Command = {
  id: 'fluxwright.disconnect',
  run: async ({ live }, row) => {
    const { clusters } = await live();
    const ofRow = typeof row === 'string' ? parsePath(row)?.[0] : undefined;
    const context = ofRow?.type === 'context' ? ofRow.value : await pick(clusters.store.contexts());
    if (context !== undefined) await clusters.disconnect(context);
  },
};

async function pick(contexts: readonly string[]): Promise<string | undefined> {
  if (contexts.length > 0) return vscode.window.showQuickPick(contexts, { title: 'Disconnect from Cluster' });
  await vscode.window.showInformationMessage('No context is connected.');
  return undefined;
}
