import * as vscode from 'vscode';
import { secretViewType } from '../view-type';

/** The file a command is about: what a lens, a menu or a row of Source Control names, else the one in the active tab. */
export function targetOf(argument: unknown): vscode.Uri | undefined {
  if (typeof argument === 'string') return vscode.Uri.parse(argument, true);
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === 'object' && argument !== null && 'resourceUri' in argument) {
    return argument.resourceUri instanceof vscode.Uri ? argument.resourceUri : undefined;
  }
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom && input.viewType === secretViewType) return input.uri;
  return input instanceof vscode.TabInputText ? input.uri : vscode.window.activeTextEditor?.document.uri;
}

/** Texts of the repository in notifications: without what the editor would make a link of. */
export const plainText = (text: string): string => text.replace(/[[\]()]/g, ' ').slice(0, 500);

/** Says why something was not done. */
export async function tellFault(text: string): Promise<void> {
  await vscode.window.showErrorMessage(plainText(text));
}

/** True where programs and keys may be used; says so where not. */
export async function isAllowed(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  await vscode.window.showWarningMessage('This workspace is not trusted, so nothing in it is encrypted or decrypted.');
  return false;
}
