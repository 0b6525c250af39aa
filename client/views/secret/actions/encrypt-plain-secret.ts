import * as vscode from 'vscode';
import { plainSecrets } from '../plain-secrets';
import { type SecretEditor } from '../secret-editor';
import { pathInRoot } from '../secret-files';
import { encryptInPlace } from './encrypt';

/** Encrypts a Secret in plain text that a rule would encrypt; of several the user chooses one. */
export async function encryptPlainSecret(editor: SecretEditor): Promise<void> {
  const found = plainSecrets();
  if (found.length === 0) {
    await vscode.window.showInformationMessage('No Secret in plain text is known that a rule would encrypt.');
    return;
  }
  const items = found.map(({ uri, message }) => ({ label: pathInRoot(uri), detail: message, uri }));
  const [only] = items.length === 1 ? items : [];
  const chosen = only ?? (await vscode.window.showQuickPick(items, { title: 'Encrypt Which Secret?' }));
  if (chosen !== undefined) await encryptInPlace(editor, chosen.uri);
}
