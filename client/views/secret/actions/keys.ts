import * as vscode from 'vscode';
import type * as Secrets from '../../../secrets/secrets';
import { removedText } from '../removed-text';
import { type SecretDocument } from '../secret-document';
import { type SecretEditor } from '../secret-editor';
import { nearestConfig, pathInRoot } from '../secret-files';
import { timeNow } from '../secret-host';
import { plainText, tellFault } from './target';

/** A document with its values open for writing; undefined where that was refused, which the page or a message says. */
async function openDocument(
  editor: SecretEditor,
  uri: vscode.Uri,
): Promise<{ readonly document: SecretDocument; readonly current: Secrets.OpenedFile } | undefined> {
  const document = await editor.show(uri);
  if (document?.state.kind !== 'open') return undefined;
  if (!document.state.isReadOnly) return { document, current: document.state.secret.current };
  await tellFault(`The checksum of ${document.title} is wrong, so it is not written.`);
  return undefined;
}

/** Encrypts all values of a file anew under a new data key, for the same recipients, and saves it. */
export async function rotate(editor: SecretEditor, uri: vscode.Uri): Promise<void> {
  const opened = await openDocument(editor, uri);
  if (opened === undefined) return;
  const rotateNow = 'Rotate';
  const detail =
    'Every value gets new ciphertext. Who had the old data key can still read earlier revisions, so values that must be secret from them are to be changed at their origin.';
  const message = `Rotate the data key of ${plainText(opened.document.title)}?`;
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, rotateNow);
  if (chosen === rotateNow) await rotateOpened(editor, opened.document);
}

async function rotateOpened(editor: SecretEditor, document: SecretDocument): Promise<void> {
  const { secrets } = editor.host;
  const current = document.open?.current;
  if (current === undefined) return;
  const { bridge } = editor.host.access();
  const rotated = await secrets.rotateDataKey(current, secrets.keysOfFile(current), bridge, timeNow(editor.host));
  if (!rotated.ok) return tellFault(`The data key was not rotated. ${secrets.describeFault(rotated.fault)}`);
  await takeOver(editor, document, 'Rotate Data Key', current, rotated.value);
}

/** Makes the recipients of a file those of its rule. */
export async function updateToRule(editor: SecretEditor, uri: vscode.Uri): Promise<void> {
  const opened = await openDocument(editor, uri);
  if (opened === undefined) return;
  const { document, current } = opened;
  const { secrets, names } = editor.host;
  const config = await nearestConfig(uri);
  const rule = secrets.readRule(config, pathInRoot(uri));
  if (rule.kind === 'none') return tellFault(rule.reason);
  const drift = secrets.driftOf(current.metadata, rule);
  if (drift === undefined) {
    await vscode.window.showInformationMessage(`The keys of ${plainText(document.title)} are those of ${rule.name}.`);
    return;
  }
  const update = 'Update Keys';
  const message = `Encrypt ${plainText(document.title)} for the keys of ${rule.name}?`;
  const asked = { modal: true, detail: `${drift} Values keep their ciphertext.` };
  if ((await vscode.window.showWarningMessage(message, asked, update)) !== update) return;
  const { bridge } = editor.host.access();
  const updated = await secrets.updateKeys(current, rule.encryption, bridge);
  if (!updated.ok) return tellFault(`The keys were not updated. ${secrets.describeFault(updated.fault)}`);
  const known = secrets.recipientsOf(current.metadata, config, names());
  await takeOver(editor, document, update, current, updated.value.file);
  const { removed } = updated.value;
  if (removed.length > 0) await offerRotation(editor, document, removed, known);
}

/** Who is no recipient any more had the data key, and still knows every value. */
async function offerRotation(
  editor: SecretEditor,
  document: SecretDocument,
  removed: readonly Secrets.KeyName[],
  known: readonly Secrets.Recipient[],
): Promise<void> {
  const detail = removedText(removed, known, document.open?.rows() ?? []);
  const now = 'Rotate Data Key';
  const message = `${plainText(document.title)} has fewer recipients now.`;
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, now)) === now) {
    await rotateOpened(editor, document);
  }
}

/** Shows what was made of a file, lets the editor undo it, and saves it. */
async function takeOver(
  editor: SecretEditor,
  document: SecretDocument,
  label: string,
  before: Secrets.OpenedFile,
  after: Secrets.OpenedFile,
): Promise<void> {
  if (document.open?.current !== before) return tellFault(`${document.title} was changed meanwhile. Try it again.`);
  document.open.show(after);
  editor.tellEdit(document, label, before, after);
  await editor.saveNow(document);
}
