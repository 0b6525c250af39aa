import * as vscode from 'vscode';
import { type FileEdit } from '../../../../server/protocol/decryption';
import { decryptionRequest } from '../../../../server/protocol/messages';
import { doctorText, firstBroken, repairTitle } from '../doctor-text';
import { type SecretEditor } from '../secret-editor';
import { pathInRoot } from '../secret-files';
import { encryptInPlace } from './encrypt';
import { updateToRule } from './keys';
import { plainText, tellFault } from './target';

/** Walks from a file to the key that decrypts it in the cluster, shows the walk, and offers to repair its first broken link. */
export async function explainDecryption(editor: SecretEditor, uri: vscode.Uri): Promise<void> {
  const { server } = editor.options;
  await server.start();
  const answer = await server.ask(decryptionRequest, { uri: uri.toString() });
  if (answer?.available !== true) {
    return tellFault(
      answer?.message ?? 'The language server does not answer. Restart it to have decryption explained.',
    );
  }
  const file = pathInRoot(uri);
  await editor.reports.show(`Decryption of ${file.replaceAll('/', ' ')}`, doctorText(file, answer.paths));
  const broken = firstBroken(answer.paths);
  const repair = broken && repairTitle(broken);
  if (broken === undefined || repair === undefined) return;
  if ((await vscode.window.showWarningMessage(plainText(broken.message), repair)) !== repair) return;
  if (broken.fix !== undefined) await apply(broken.fix.edits);
  else if (broken.action === 'encrypt') await encryptInPlace(editor, uri);
  else if (broken.action === 'update-keys') await updateToRule(editor, uri);
}

async function apply(edits: readonly FileEdit[]): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  for (const { uri, range, newText } of edits) {
    const { start, end } = range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    change.replace(vscode.Uri.parse(uri, true), place, newText);
  }
  if (!(await vscode.workspace.applyEdit(change))) return tellFault('The fix could not be applied.');
  const [first] = edits;
  if (first !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(first.uri, true));
}
