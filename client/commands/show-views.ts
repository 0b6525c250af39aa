import * as vscode from 'vscode';
import { type Command } from './command';

/** For a repository that was not recognised: what is hidden there appears, and the server starts. */
export const showViews: Command = {
  id: 'fluxwright.showViews',
  run: async ({ begin }) => {
    await begin();
    await vscode.commands.executeCommand('fluxwright.clusters.focus');
  },
};
