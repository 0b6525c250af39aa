import * as vscode from 'vscode';
import { encryptedPrefix } from '../../../server/sops/encrypted-value';
import { isEncryptedText } from './encrypted-text';

/** Keeps the context `fluxwright.isEncrypted` true while a text editor shows an encrypted file. */
export function followEncryptedFiles(): vscode.Disposable {
  let shown: boolean | undefined;
  const look = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const is = document !== undefined && document.uri.scheme !== 'git' && isEncryptedText(document.getText());
    if (is === shown) return;
    shown = is;
    void vscode.commands.executeCommand('setContext', 'fluxwright.isEncrypted', is);
  };
  look();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document !== vscode.window.activeTextEditor?.document) return;
      if (shown === true || contentChanges.some(({ text }) => text.includes('sops') || text.includes(encryptedPrefix)))
        look();
    }),
  );
}
