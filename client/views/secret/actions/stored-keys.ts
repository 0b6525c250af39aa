import * as vscode from 'vscode';
import { keyringNote } from '../keyring-note';
import { type SecretEditor } from '../secret-editor';
import { tellFault } from './target';

/** Puts an age key into the editor's secret storage. */
export async function storeKey({ stored, documents }: SecretEditor): Promise<void> {
  const title = 'Store Age Key in the Editor';
  const note = keyringNote({
    isBrowser: vscode.env.uiKind === vscode.UIKind.Web,
    isRemote: vscode.env.remoteName !== undefined,
    platform: process.platform,
    environment: process.env,
  });
  const text = await vscode.window.showInputBox({
    title,
    password: true,
    ignoreFocusOut: true,
    prompt: `An identity: AGE-SECRET-KEY-1… ${note}`,
  });
  if (text === undefined) return;
  const label = await vscode.window.showInputBox({ title, prompt: 'What you call it', value: 'my key' });
  if (label === undefined) return;
  const key = await stored.add(text, label);
  if (key === undefined)
    return tellFault('What was typed is no age identity. Those of plug-ins and SSH keys are not stored.');
  for (const document of documents.values()) if (document.state.kind === 'sealed') await document.unlock();
  await vscode.window.showInformationMessage(`The key of ${key.recipient} is stored. ${note}`);
}

/** Takes one out again. */
export async function forgetKey({ stored }: SecretEditor): Promise<void> {
  const items = stored.list().map(({ id, label, recipient }) => ({ label, description: recipient, id }));
  if (items.length === 0) {
    await vscode.window.showInformationMessage('No age key is stored in the editor.');
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, { title: 'Forget Stored Age Key' });
  if (chosen === undefined) return;
  await stored.remove(chosen.id);
  await vscode.window.showInformationMessage(`The key of ${chosen.description} is forgotten.`);
}
