import * as vscode from 'vscode';
import { type SecretEditor } from '../secret-editor';
import { pathInRoot, readText } from '../secret-files';
import { isEncryptedText } from '../encrypted-text';
import { tellFault } from './target';

/** Finds the encrypted Secrets that Git sources of the workspace name, and opens the chosen one at its values. */
export async function rotateGitCredentials(editor: SecretEditor): Promise<void> {
  const { gitCredentials } = editor.host.secrets;
  const files = await vscode.workspace.findFiles('**/*.{yaml,yml}', '**/{node_modules,vendor,.git}/**', 5_000);
  const texts: { readonly path: string; readonly text: string; readonly uri: vscode.Uri }[] = [];
  for (const uri of files) {
    const text = await readText(uri);
    if (text !== undefined && (/kind:\s*GitRepository/.test(text) || isEncryptedText(text))) {
      texts.push({ path: pathInRoot(uri), text, uri });
    }
  }
  const found = gitCredentials(texts);
  if (found.length === 0) {
    return tellFault('No encrypted Secret of the workspace is named by a GitRepository in the same namespace.');
  }
  const items = found.map(({ file, namespace, name, keys, source }) => ({
    label: `${namespace}/${name}`,
    description: keys.join(', '),
    detail: `${file}, read by GitRepository ${source}`,
    file,
  }));
  const title = 'Rotate Git Credentials';
  const placeHolder = 'Make the new credentials at the Git host first; the old ones are revoked when Flux has the new';
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  const uri = texts.find(({ path }) => path === chosen?.file)?.uri;
  if (uri !== undefined) await editor.show(uri);
}
