import * as vscode from 'vscode';
import type * as Secrets from '../../secrets/secrets';

/** The text of a file; undefined where there is none or it is no UTF-8. An open text document is not asked. */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export async function writeText(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** The folder that paths of a file are relative to: its workspace folder, or its own folder outside of all. */
export function rootOf(uri: vscode.Uri): vscode.Uri {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
}

/** A file's path from {@link rootOf}, as rules of `.sops.yaml` see it. */
export function pathInRoot(uri: vscode.Uri): string {
  const root = rootOf(uri).path.replace(/\/$/, '');
  return uri.path.startsWith(`${root}/`) ? uri.path.slice(root.length + 1) : (uri.path.split('/').at(-1) ?? '');
}

/** The nearest `.sops.yaml` from the folder of a file up to its root, as SOPS looks for it. */
export async function nearestConfig(uri: vscode.Uri): Promise<Secrets.ConfigText | undefined> {
  const root = rootOf(uri);
  for (let folder = pathInRoot(uri).split('/').slice(0, -1); ; folder = folder.slice(0, -1)) {
    const file = [...folder, '.sops.yaml'].join('/');
    const text = await readText(vscode.Uri.joinPath(root, file));
    if (text !== undefined) return { file, text };
    if (folder.length === 0) return undefined;
  }
}
