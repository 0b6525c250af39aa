import * as vscode from 'vscode';
import { headLength, isGitOpsDocument, isGitOpsFolder } from '../gitops-content';

/**
 * Calls `found` once, as soon as the window shows GitOps content: now by names of the workspace folders and the head of
 * one open document, later by documents that are opened or edited. Ends itself then.
 */
export function detectGitOps(found: () => void): vscode.Disposable {
  const listeners: vscode.Disposable[] = [];
  const watch = new vscode.Disposable(() => {
    for (const listener of listeners.splice(0)) listener.dispose();
  });
  const finish = (isGitOps: boolean): void => {
    if (!isGitOps || listeners.length === 0) return;
    watch.dispose();
    found();
  };
  listeners.push(
    vscode.workspace.onDidOpenTextDocument((document) => finish(isGitOps(document))),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.some(({ rangeOffset }) => rangeOffset < headLength)) finish(isGitOps(document));
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => void lookInto(added, finish)),
    vscode.window.onDidChangeActiveTextEditor((editor) => finish(editor !== undefined && isGitOps(editor.document))),
  );
  const document = vscode.window.activeTextEditor?.document;
  finish(document !== undefined && isGitOps(document));
  void lookInto(vscode.workspace.workspaceFolders ?? [], finish);
  return watch;
}

function isGitOps(document: vscode.TextDocument): boolean {
  if (document.languageId !== 'yaml' || document.uri.scheme === 'git') return false;
  const head = document.getText(new vscode.Range(document.positionAt(0), document.positionAt(headLength)));
  return isGitOpsDocument(document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1), head);
}

async function lookInto(
  folders: readonly vscode.WorkspaceFolder[],
  finish: (isGitOps: boolean) => void,
): Promise<void> {
  for (const { uri } of folders) {
    const list = async (path: string): Promise<{ name: string; isFolder: boolean }[]> => {
      try {
        const entries = await vscode.workspace.fs.readDirectory(path === '' ? uri : vscode.Uri.joinPath(uri, path));
        return entries.map(([name, type]) => ({ name, isFolder: (type & vscode.FileType.Directory) !== 0 }));
      } catch {
        return [];
      }
    };
    finish(await isGitOpsFolder(list));
  }
}
