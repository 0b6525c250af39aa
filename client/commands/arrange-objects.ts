import * as vscode from 'vscode';
import { type TreeMode } from '../status/tree/tree-model';
import { type Command } from './command';

const groupBy = (id: Command['id'], mode: TreeMode): Command => ({
  id,
  run: async ({ live }) => (await live()).view.groupBy(mode),
});

export const groupObjectsByKind = groupBy('fluxwright.groupObjectsByKind', 'kind');
export const groupObjectsByNamespace = groupBy('fluxwright.groupObjectsByNamespace', 'namespace');
export const groupObjectsByDependency = groupBy('fluxwright.groupObjectsByDependency', 'dependency');

/** Asks for words that kind, namespace and name must hold, and for states; rows that were never opened are covered. */
export const filterObjects: Command = {
  id: 'fluxwright.filterObjects',
  run: async ({ live }) => {
    const { view } = await live();
    const text = await vscode.window.showInputBox({
      title: 'Filter Objects',
      prompt:
        'Words that must all occur in kind, namespace and name; is:failing, is:suspended, is:behind … for a state, is:favorite. Empty shows all.',
      placeHolder: 'kustomization flux-system/apps',
      value: view.filter,
    });
    if (text !== undefined) view.filterBy(text);
  },
};

export const clearObjectsFilter: Command = {
  id: 'fluxwright.clearObjectsFilter',
  run: async ({ live }) => (await live()).view.filterBy(''),
};

const favor = (id: Command['id'], isFavorite: boolean): Command => ({
  id,
  run: async ({ live }, row) => {
    if (typeof row === 'string') (await live()).view.favor(row, isFavorite);
  },
});

export const addFavorite = favor('fluxwright.addFavorite', true);
export const removeFavorite = favor('fluxwright.removeFavorite', false);
