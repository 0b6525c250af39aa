import * as vscode from 'vscode';
import { lensTitles, type InFile } from '../../../status/in-file/in-file-texts';
import { type ObjectInFile } from '../../../status/in-file/object-in-file';
import { type LiveView } from '../../../status/relations/live-view';
import { capabilitiesOf } from '../../../status/tree/object-node';
import { type Range } from '../../../../server/model/text';
import { allowedOf } from '../offered';
import { type Rights } from '../rights';
import { editorRange } from './in-file-decorations';

/**
 * Lines above an object of a file: its state in each cluster, then what can be done where it is rendered for one alone.
 * @param root URI of the file's repository
 * @param rights what the login may not do is not offered
 * @param how see `allowedOf`
 */
export function lensesOf(
  view: LiveView,
  root: string,
  place: Range,
  objects: InFile,
  rights: Rights,
  how: 'one' | 'many',
): readonly vscode.CodeLens[] {
  const range = editorRange(place);
  const lens = (title: string, command = '', ...args: readonly unknown[]): vscode.CodeLens =>
    new vscode.CodeLens(range, { title, command, arguments: [...args] });
  const titles = lensTitles(view, objects);
  const states = titles.map((title, at) => lens(title, ...commandOf(root, objects?.[at])));
  const [only, another] = objects ?? [];
  if (only?.kind !== 'live' || another !== undefined) return states;
  const { standing, address, context } = only;
  const can = capabilitiesOf(standing.status, false);
  const able = (['reconcile', 'suspend', 'resume'] as const).filter((action) => can.includes(action));
  const actions = allowedOf(able, rights, context, standing.status.id, how);
  return [...states, ...actions.map((action) => lens(words[action], `fluxwright.${action}`, { root, address }))];
}

const words = { reconcile: 'Reconcile', suspend: 'Suspend…', resume: 'Resume' } as const;

function commandOf(root: string, object: ObjectInFile | undefined): [command: string, ...args: readonly unknown[]] {
  switch (object?.kind) {
    case 'live':
      return ['fluxwright.revealObject', object.id];
    case 'unbound':
    case 'elsewhere':
      return ['fluxwright.bindCluster', { root, address: object.address }];
    case 'not-connected':
      return ['fluxwright.connect'];
    default:
      return [''];
  }
}
