import * as vscode from 'vscode';
import { type LiveId } from '../../status/live/live-id';
import { standingOf } from '../../status/relations/standing';
import { searchObjects, type SearchResult } from '../../status/tree/search';
import { stateWord } from '../../status/tree/summary';
import type { Live } from '../../views/live/live';
import { type Command } from '../command';

/** Shows the row of an object: of a line of an editor, or of the object at the cursor. */
export const revealObject: Command['run'] = async ({ live }, argument) => {
  const { view: views, files } = await live();
  const editor = vscode.window.activeTextEditor;
  const id =
    typeof argument === 'string' ? argument : editor && files.objectAt(editor.document, editor.selection.active);
  if (id === undefined) {
    await vscode.window.showInformationMessage('No object of a connected cluster is declared here.');
    return;
  }
  await show(views, id);
};

/** Looks for objects of all connected contexts, opened or not, and for those that inventories list. */
export const searchLiveObjects: Command['run'] = async ({ live }) => {
  const { clusters, view: views } = await live();
  const pick = vscode.window.createQuickPick<FoundItem>();
  pick.title = 'Search Cluster Objects';
  pick.placeholder = 'Words of kind, namespace and name';
  pick.matchOnDescription = true;
  const find = (): void => {
    pick.items = searchObjects(clusters.store, pick.value).map((found) => itemOf(clusters.store, found));
  };
  pick.onDidChangeValue(find);
  pick.onDidAccept(() => {
    const found = pick.selectedItems[0]?.found;
    pick.hide();
    const id = found?.target ?? found?.appliedBy;
    if (id !== undefined) void show(views, id);
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
};

type FoundItem = vscode.QuickPickItem & { readonly found: SearchResult };

function itemOf(store: Live['clusters']['store'], found: SearchResult): FoundItem {
  const status = found.target === undefined ? undefined : store.get(found.target);
  const context = found.context ?? 'another cluster';
  const state = status === undefined ? 'listed' : stateWord(standingOf(store, context, status).state);
  // The search has chosen already: words in any order are no match for the editor.
  return { label: found.label, description: `${state} · ${context}`, alwaysShow: true, found };
}

async function show(views: Live['view'], id: LiveId): Promise<void> {
  if (await views.reveal(id, 'open')) return;
  await vscode.window.showInformationMessage('The views do not show that object: a filter hides it, or it has gone.');
}
