import * as vscode from 'vscode';
import { parsePath } from '../../status/tree/node-path';
import type { Live } from '../../views/live/live';
import { writeTexts } from '../object-action/write-guard';

/** The context of a row, or one chosen from those that are connected. */
export async function chooseContext(live: Live, argument: unknown, title: string): Promise<string | undefined> {
  if (!live.clusters.isTrusted) {
    await vscode.window.showWarningMessage(writeTexts.untrusted);
    return undefined;
  }
  const first = typeof argument === 'string' ? parsePath(argument)?.[0] : undefined;
  if (first?.type === 'context') return first.value;
  const contexts = live.clusters.store.contexts();
  if (contexts.length === 0) {
    await vscode.window.showInformationMessage('No context is connected.');
    return undefined;
  }
  return contexts.length === 1 ? contexts[0] : vscode.window.showQuickPick(contexts, { title });
}
