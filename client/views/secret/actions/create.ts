import * as vscode from 'vscode';
import { storeFormatOf } from '../../../../server/sops/store-format';
import { type SecretEditor } from '../secret-editor';
import { pathInRoot, readText, writeText } from '../secret-files';
import { encryptFor } from './encrypt';
import { isAllowed, targetOf, tellFault } from './target';

/** A new encrypted file with one empty value, to be filled in the editor of encrypted files. */
export async function createEncrypted(editor: SecretEditor): Promise<void> {
  const uri = await askFile('secret.sops.yaml');
  if (uri === undefined) return;
  const format = storeFormatOf(uri.path);
  if (format === 'binary') {
    return tellFault(`${pathInRoot(uri)} would be encrypted as a whole. Write the file, then encrypt it by its rule.`);
  }
  const key = await vscode.window.showInputBox({
    title: 'New Encrypted File',
    prompt: 'Its first key. The value is typed in the editor of encrypted files.',
    value: 'password',
    validateInput: (text) =>
      /^[\w.-]+$/.test(text) ? undefined : 'Letters, digits, points, dashes and underscores only.',
  });
  if (key === undefined) return;
  const texts = {
    yaml: `${key}: ""\n`,
    json: `{\n  "${key}": ""\n}\n`,
    dotenv: `${key}=\n`,
    ini: `[DEFAULT]\n${key} =\n`,
  };
  await writeNew(editor, uri, texts[format]);
}

/** A Secret with the keys that Flux looks for, made in memory and written encrypted. */
export async function createFluxSecret(editor: SecretEditor): Promise<void> {
  if (!(await isAllowed())) return;
  const { secrets } = editor.host;
  const title = 'New Secret for Flux';
  const items = secrets.fluxSecrets.map((form) => ({ label: form.title, detail: form.detail, form }));
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  if (chosen === undefined) return;
  const { form } = chosen;
  const name = await askName(title, 'Name of the Secret', form.name);
  if (name === undefined) return;
  const prompt = 'Namespace: that of the object that names the Secret';
  const namespace = await askName(title, prompt, 'flux-system');
  if (namespace === undefined) return;
  let registry: string | undefined;
  if (form.keys.some(({ from }) => from === 'registry')) {
    registry = await vscode.window.showInputBox({ title, prompt: 'Host of the registry', value: 'ghcr.io' });
    if (registry === undefined) return;
  }
  const uri = await askFile(`${name}.sops.yaml`);
  if (uri === undefined) return;
  const place = { name, namespace, ...(registry !== undefined && { registry }) };
  await writeNew(editor, uri, await secrets.secretText(form, place));
}

async function writeNew(editor: SecretEditor, uri: vscode.Uri, plain: string): Promise<void> {
  if ((await readText(uri)) !== undefined) return tellFault(`${pathInRoot(uri)} is there already.`);
  const text = await encryptFor(editor, uri, plain);
  if (text === undefined) return;
  await writeText(uri, text);
  await editor.show(uri);
}

async function askName(title: string, prompt: string, value: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt,
    value,
    validateInput: (text) =>
      /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(text)
        ? undefined
        : 'Lower-case letters, digits, points and dashes only.',
  });
}

/** A path in the workspace, beside the file that is open. Not the dialog of the system, which offers to overwrite. */
async function askFile(name: string): Promise<vscode.Uri | undefined> {
  const active = targetOf(undefined);
  const folder = (active && vscode.workspace.getWorkspaceFolder(active)) ?? vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    await tellFault('Open a folder first: a rule of its .sops.yaml says for whom to encrypt.');
    return undefined;
  }
  const beside = active && vscode.workspace.getWorkspaceFolder(active) === folder ? pathInRoot(active) : '';
  const path = await vscode.window.showInputBox({
    title: 'New Encrypted File',
    prompt: `Path in ${folder.name}. Its creation rule says for whom it is encrypted.`,
    value: [...beside.split('/').slice(0, -1), name].join('/'),
    validateInput: (text) =>
      text === '' || text.startsWith('/') || text.split('/').includes('..')
        ? 'A path in the folder is needed.'
        : undefined,
  });
  return path === undefined ? undefined : vscode.Uri.joinPath(folder.uri, path);
}
