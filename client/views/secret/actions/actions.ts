import * as vscode from 'vscode';
import { type SecretEditor } from '../secret-editor';
import { compareRevisions } from './compare';
import { createEncrypted, createFluxSecret } from './create';
import { encryptInPlace } from './encrypt';
import { encryptPlainSecret } from './encrypt-plain-secret';
import { explainDecryption } from './explain';
import { rotateGitCredentials } from './git-credentials';
import { rotate, updateToRule } from './keys';
import { forgetKey, storeKey } from './stored-keys';
import { targetOf } from './target';

/** What the commands on encrypted files do, by the names they have after `fluxwright.`. */
export const secretActions = {
  openSecret: onFile(async (editor, uri) => {
    await editor.show(uri);
  }),
  encryptFile: onFile(encryptInPlace),
  encryptPlainSecret,
  rotateDataKey: onFile(rotate),
  updateKeys: onFile(updateToRule),
  compareSecret: onFile(compareRevisions),
  explainDecryption: onFile(explainDecryption),
  newSecretFile: createEncrypted,
  newFluxSecret: createFluxSecret,
  rotateGitToken: rotateGitCredentials,
  storeAgeKey: storeKey,
  forgetAgeKey: forgetKey,
} as const satisfies Readonly<Record<string, (editor: SecretEditor, argument: unknown) => Promise<void>>>;

function onFile(
  act: (editor: SecretEditor, uri: vscode.Uri) => Promise<void>,
): (editor: SecretEditor, argument: unknown) => Promise<void> {
  return async (editor, argument) => {
    const uri = targetOf(argument);
    if (uri !== undefined) return act(editor, uri);
    await vscode.window.showInformationMessage('Open the file first, then run the command again.');
  };
}
