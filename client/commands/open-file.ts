import * as vscode from 'vscode';
import { describe, parseResourceKey } from '../../server/model/resource-id';
import { boundClusters } from '../status/binding/bound-clusters';
import { parseLiveId } from '../status/live/live-id';
import { contextOfApplied } from '../status/relations/live-view';
import { parsePath } from '../status/tree/node-path';
import {
  declarationsIn,
  nearestDeclarations,
  rowObject,
  type Declaration,
  type RowObject,
} from '../views/live/declarations';
import type { Live } from '../views/live/live';
import { type Command, type CommandContext } from './command';
import { noticeText } from './object-action/notice-text';

/** Reveals the line where an open repository declares the object of a row. */
export const openFile: Command = {
  id: 'fluxwright.openFile',
  run: async ({ server, live }, row) => {
    const object = typeof row === 'string' ? rowObject(row) : undefined;
    // Of what is only listed who applied it, wherever that went.
    const above = (typeof row === 'string' ? parsePath(row) : undefined)?.findLast(({ type }) => type === 'object');
    const context = parseLiveId(above?.value ?? '')?.context;
    if (object === undefined || context === undefined) return;
    await openDeclaration(server, await live(), context, object);
  },
};

/**
 * Opens the line where an open repository declares an object of a context, of several one that the user chooses. A line of
 * another cluster is opened only when the user says so.
 * @param context where it lives; of an object that is only listed where its applier lives
 */
export async function openDeclaration(
  server: CommandContext['server'],
  live: Live,
  context: string,
  object: RowObject,
): Promise<void> {
  const { key, found: all } = await nearestDeclarations(object, server);
  const isBound = boundClusters(live.memory).some(
    ({ what, binding }) => what.kind === 'cluster' && binding.context === context,
  );
  const isListed = object.owner !== undefined && key === object.key;
  const { found, isMeant } = declarationsIn(all, context, (one) => contextOf(live, one, isListed), isBound);
  const id = parseResourceKey(object.key);
  const name = noticeText(id === undefined ? object.key : describe(id));
  if (found.length === 0) {
    await vscode.window.showInformationMessage(`No file of the open repositories declares ${name}.`);
    return;
  }
  if (key !== object.key) {
    const owner = parseResourceKey(key);
    const by = noticeText(owner === undefined ? key : describe(owner));
    vscode.window.setStatusBarMessage(`No file declares ${name}: this is ${by}, which applies it.`, 10_000);
  }
  const other = noticeText(`${context} is another cluster, of which no file declares it.`);
  const chosen = isMeant && found.length === 1 ? found[0] : await pick(name, found, isMeant ? '' : other);
  if (chosen === undefined) return;
  const { start, end } = chosen.place.range;
  await vscode.window.showTextDocument(vscode.Uri.parse(chosen.place.uri, true), {
    selection: new vscode.Range(start.line, start.character, end.line, end.character),
  });
}

function contextOf(
  { bindings, clusters }: Live,
  { root, cluster, owner }: Declaration,
  isListed: boolean,
): string | undefined {
  const bound = bindings.confirmed({ kind: 'cluster', root, path: cluster })?.context;
  return bound === undefined || isListed ? bound : contextOfApplied(clusters.store, bound, owner);
}

async function pick(
  name: string,
  found: readonly Declaration[],
  placeHolder: string,
): Promise<Declaration | undefined> {
  const items = found.map((declaration) => ({
    label: declaration.cluster,
    description: vscode.workspace.asRelativePath(vscode.Uri.parse(declaration.place.uri, true)),
    declaration,
  }));
  const title = `Open ${name} of which cluster?`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.declaration;
}
