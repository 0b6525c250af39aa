import * as vscode from 'vscode';

/** Calls back when something was committed, checked out or fetched in a folder of the workspace. */
export function watchHistory(changed: () => void): vscode.Disposable {
  const pattern = '.git/{HEAD,logs/HEAD,FETCH_HEAD}';
  const watchers = (vscode.workspace.workspaceFolders ?? []).map((folder) => {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
    const ends = [watcher.onDidChange(changed), watcher.onDidCreate(changed)];
    return vscode.Disposable.from(watcher, ...ends);
  });
  return vscode.Disposable.from(...watchers);
}
