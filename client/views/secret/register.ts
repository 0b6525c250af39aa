import * as vscode from 'vscode';
// Type-only statements: the modules are loaded when the first encrypted file is opened.
import type { SecretDocument } from './secret-document';
import type { SecretEdit, SecretEditor } from './secret-editor';
import { secretViewType } from './view-type';

/**
 * Registers the editor of encrypted files. Nothing of it is loaded before one is opened.
 * @param load gets what tells the editor of edits
 */
export function registerSecretEditor(load: () => Promise<SecretEditor>): {
  readonly edited: (edit: SecretEdit) => void;
  readonly disposable: vscode.Disposable;
} {
  const edits = new vscode.EventEmitter<SecretEdit>();
  const provider: vscode.CustomEditorProvider<SecretDocument> = {
    onDidChangeCustomDocument: edits.event,
    openCustomDocument: async (uri, { backupId }) => (await load()).open(uri, backupId !== undefined),
    resolveCustomEditor: async (document, panel) => (await load()).resolve(document, panel),
    saveCustomDocument: async (document) => (await load()).save(document),
    saveCustomDocumentAs: (document, target) => document.saveAs(target),
    revertCustomDocument: (document) => document.revert(),
    backupCustomDocument: (document) => document.backUp(),
  };
  const registered = vscode.window.registerCustomEditorProvider(secretViewType, provider, {
    supportsMultipleEditorsPerDocument: false,
    webviewOptions: { retainContextWhenHidden: false },
  });
  return { edited: (edit) => edits.fire(edit), disposable: vscode.Disposable.from(registered, edits) };
}
