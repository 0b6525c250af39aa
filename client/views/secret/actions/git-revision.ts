import * as vscode from 'vscode';

/** The part of the editor's Git extension that is needed (extensions/git/src/api/git.d.ts). */
interface GitApi {
  getRepository(uri: vscode.Uri): { show(ref: string, path: string): Promise<string> } | null;
}

/** The text of a file at a revision, by the editor's own Git extension; a sentence where that does not know it. */
export async function textAt(
  uri: vscode.Uri,
  revision: string,
): Promise<{ readonly text: string } | { readonly reason: string }> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (extension === undefined) return { reason: 'The Git extension of the editor is off, so no revision can be read.' };
  try {
    const api = (await extension.activate()).getAPI(1);
    const repository = api.getRepository(uri);
    if (repository === null) return { reason: 'The file lies in no Git repository that the editor has open.' };
    return { text: await repository.show(revision, uri.fsPath) };
  } catch {
    return { reason: `Git does not know the file at ${revision}.` };
  }
}
