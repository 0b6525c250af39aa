import * as vscode from 'vscode';
import { storeFormatOf } from '../../../../server/sops/store-format';
import { type SecretEditor } from '../secret-editor';
import { nearestConfig, pathInRoot, readText, writeText } from '../secret-files';
import { timeNow } from '../secret-host';
import { isAllowed, plainText, tellFault } from './target';

/** Encrypts a text by the rule of the file that it becomes; undefined where that was refused, which was said. */
export async function encryptFor(
  { host }: SecretEditor,
  uri: vscode.Uri,
  content: string | Uint8Array,
): Promise<string | undefined> {
  if (!(await isAllowed())) return undefined;
  const { secrets } = host;
  const rule = secrets.readRule(await nearestConfig(uri), pathInRoot(uri));
  if (rule.kind === 'none') {
    await tellFault(`${rule.reason} Without a rule it is not known for whom to encrypt.`);
    return undefined;
  }
  const { bridge } = host.access();
  const encrypted = await secrets.encryptFile(content, storeFormatOf(uri.path), rule.encryption, bridge, timeNow(host));
  if (!encrypted.ok) {
    await tellFault(`${pathInRoot(uri)} was not encrypted. ${secrets.describeFault(encrypted.fault)}`);
    return undefined;
  }
  const { text } = encrypted.value.file;
  secrets.closeFile(encrypted.value);
  return text;
}

/** Encrypts a plain file in its place. */
export async function encryptInPlace(editor: SecretEditor, uri: vscode.Uri): Promise<void> {
  const name = pathInRoot(uri);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open?.isDirty === true) return tellFault(`${name} has changes that are not saved. Save it, then encrypt it.`);
  const isBinary = storeFormatOf(uri.path) === 'binary';
  const content = isBinary ? await vscode.workspace.fs.readFile(uri) : await readText(uri);
  if (content === undefined) return tellFault(`${name} cannot be read as UTF-8.`);
  const text = await encryptFor(editor, uri, content);
  if (text === undefined) return;
  await writeText(uri, text);
  const message = `${plainText(name)} is encrypted. The undo history of its tab, the editor's local history and earlier commits may still hold the plain text.`;
  const close = 'Close Its Tab';
  const show = 'Open Encrypted File';
  const chosen = await vscode.window.showWarningMessage(message, ...(open === undefined ? [] : [close]), show);
  if (chosen !== undefined) await closeTextTabs(uri);
  if (chosen === show) await editor.show(uri);
}

async function closeTextTabs(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}
