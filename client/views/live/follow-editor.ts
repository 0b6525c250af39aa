import * as vscode from 'vscode';
import { type InFileView } from './in-file/in-file-view';
import { type LiveViews } from './live-views';

/** Selects the row of the object that the active editor declares, where the user set that and a view is visible. */
export function followEditor(
  views: Pick<LiveViews, 'isVisible' | 'reveal'>,
  files: Pick<InFileView, 'objectAt'>,
): vscode.Disposable {
  let last: string | undefined;
  const follow = (): void => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !views.isVisible) return;
    if (vscode.workspace.getConfiguration('fluxwright').get('followEditor') !== true) return;
    const id = files.objectAt(editor.document, editor.selection.active);
    if (id === undefined || id === last) return;
    last = id;
    void views.reveal(id, 'follow');
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(follow),
    vscode.window.onDidChangeTextEditorSelection(follow),
  );
}
