import * as vscode from 'vscode';
import { describe, parseResourceKey } from '../../server/model/resource-id';
import { nearestDeclarations, rowObject, type Declaration, type RowObject } from '../views/live/declarations';
import { type Command, type CommandContext } from './command';
import { noticeText } from './object-action/notice-text';

/** Reveals the line where an open repository declares the object of a row. */
export const openFile: Command = {
  id: 'fluxwright.openFile',
  run: async ({ server }, row) => {
    const object = typeof row === 'string' ? rowObject(row) : undefined;
    if (object === undefined) return;
    await openDeclaration(server, object);
  },
};

/** Opens the line where an open repository declares an object, of several one that the user chooses. */
export async function openDeclaration(server: CommandContext['server'], object: RowObject): Promise<void> {
  const { key, found } = await nearestDeclarations(object, server);
  const id = parseResourceKey(object.key);
  const name = noticeText(id === undefined ? object.key : describe(id));
  if (found.length === 0) {
    await vscode.window.showInformationMessage(`No file of the open repositories declares ${name}.`);
    return;
  }
  if (key !== object.key) {
    const owner = parseResourceKey(key);
    const by = noticeText(owner === undefined ? key : describe(owner));
    vscode.window.setStatusBarMessage(`No file declares ${name}: this is ${by}, which applies it.`, 10_000);
  }
  const chosen = found.length === 1 ? found[0] : await pick(name, found);
  if (chosen === undefined) return;
  const { start, end } = chosen.place.range;
  await vscode.window.showTextDocument(vscode.Uri.parse(chosen.place.uri, true), {
    selection: new vscode.Range(start.line, start.character, end.line, end.character),
  });
}

async function pick(name: string, found: readonly Declaration[]): Promise<Declaration | undefined> {
  const items = found.map((declaration) => ({
    label: declaration.cluster,
    description: vscode.workspace.asRelativePath(vscode.Uri.parse(declaration.place.uri, true)),
    declaration,
  }));
  return (await vscode.window.showQuickPick(items, { title: `Open ${name} of which cluster?` }))?.declaration;
}
