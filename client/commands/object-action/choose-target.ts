import * as vscode from 'vscode';
import { type ObjectAddress } from '../../../server/model/object-address';
import { describe, parseResourceKey, type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { parseLiveId } from '../../status/live/live-id';
import { contextOfApplied } from '../../status/relations/live-view';
import { isCapableKind } from '../../status/tree/capable-kind';
import { parsePath } from '../../status/tree/node-path';
import { type NodeCapability } from '../../status/tree/tree-node';
import { rowObject } from '../../views/live/declarations';
import type { Live } from '../../views/live/live';
import type { ActionTarget } from '../../views/live/targets';
import { type CommandContext } from '../command';
import { type WorkingRow } from './cancellable';
import { contextOfCluster } from './file-context';
import { fileObject, type FileObject } from './file-object';
import { noticeText } from './notice-text';
import { objectsAtCursor } from './objects-at-cursor';
import { writeTexts } from './write-guard';

/** The object that a command acts on, and where it was begun. */
export interface ChosenTarget {
  readonly live: Live;
  readonly target: ActionTarget;
  /** Who applied it, where only an inventory lists it. */
  readonly owner: ResourceKey | undefined;
  /** The place in a file that it was begun from. */
  readonly file?: FileObject & ObjectAddress;
  readonly from: WorkingRow | 'palette';
}

export interface TargetChoice {
  /** `Reconcile`, for titles and questions. */
  readonly verb: string;
  /** What an object must be able to do. */
  readonly capability: NodeCapability;
  /** Objects that only an inventory lists will do, too. */
  readonly takesListed?: boolean;
}

/**
 * The object of a row, of a place in a file, or one chosen from a list; the user is told why there is none.
 * @param argument what the editor hands to a command; unchecked
 */
export async function chooseTarget(
  context: Pick<CommandContext, 'live' | 'server'>,
  argument: unknown,
  choice: TargetChoice,
): Promise<ChosenTarget | undefined> {
  const live = await context.live();
  if (!live.clusters.isTrusted) return warn(writeTexts.untrusted);
  if (typeof argument === 'string') return ofRow(live, argument, choice);
  const file = fileObject(argument);
  if (file !== undefined) return ofFile(context, live, file);
  const atCursor = (await objectsAtCursor(context)).filter(
    ({ id }) => choice.takesListed === true || isCapableKind(id, choice.capability),
  );
  const targets = live.targets(choice.capability);
  if (targets.length === 0 && atCursor.length === 0) {
    return warn(`No connected context has an object to ${choice.verb.toLowerCase()}.`);
  }
  const items: TargetItem[] = [
    ...separated('At the cursor', atCursor.length),
    ...atCursor.map(({ id, cluster, object }) => ({ label: describe(id), description: `cluster ${cluster}`, object })),
    ...separated('Connected contexts', atCursor.length),
    ...targets.map((target) => ({ label: target.label, description: target.description, target })),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: choice.verb, matchOnDescription: true });
  if (chosen?.object !== undefined) return ofFile(context, live, fileObject(chosen.object));
  return chosen?.target && { live, target: chosen.target, owner: undefined, from: 'palette' };
}

interface TargetItem extends vscode.QuickPickItem {
  readonly target?: ActionTarget;
  readonly object?: FileObject;
}

const separated = (label: string, count: number): readonly TargetItem[] =>
  count === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }];

/** The object of a place in a file, in the context that its cluster is bound to. */
async function ofFile(
  context: Pick<CommandContext, 'live' | 'server'>,
  live: Live,
  file: ReturnType<typeof fileObject>,
): Promise<ChosenTarget | undefined> {
  const id = file && parseResourceKey(file.object);
  const bound = file && (await contextOfCluster(context, file.root, file.cluster));
  if (file === undefined || bound === undefined || id === undefined) return undefined;
  const { store } = live.clusters;
  const owner = parseResourceKey(file.owner);
  // Only who applies it can tell whether it is meant, or a namesake in another cluster.
  const isListed = owner && ['live', 'absent', 'forbidden'].includes(store.stateOf(bound, owner)?.name ?? '');
  if (owner !== undefined && isListed === false && store.statusIn(bound, file.owner) === undefined) {
    return warn(`${describe(owner)} of ${bound}, which applies it, is not known yet. Try again in a moment.`);
  }
  const found = contextOfApplied(store, bound, file.owner);
  if (found === undefined) return warn(elsewhere(id));
  const target = { context: found, id, label: describe(id), description: found };
  return { live, target, owner: file.owner === '' ? undefined : file.owner, file, from: 'palette' };
}

function ofRow(live: Live, row: string, { takesListed }: TargetChoice): ChosenTarget | Promise<undefined> {
  const from = { begin: (stop: () => void) => live.view.begin(row, stop), viewId: live.view.viewOf(row) };
  const watched = live.target(row);
  if (watched !== undefined) return { live, target: watched, owner: undefined, from };
  const listed = takesListed === true ? rowObject(row) : undefined;
  const id = listed && parseResourceKey(listed.key);
  if (listed?.owner === undefined || id === undefined) return warn(writeTexts.gone);
  const context = parseLiveId(parsePath(row)?.at(-1)?.value ?? '')?.context;
  if (context === undefined) {
    return warn(elsewhere(id));
  }
  const target = { context, id, label: describe(id), description: context };
  return { live, target, owner: listed.owner, from };
}

const elsewhere = (id: ResourceId): string =>
  `${describe(id)} lives in another cluster. Bind the Kustomization's cluster to a context first.`;

async function warn(message: string): Promise<undefined> {
  await vscode.window.showWarningMessage(noticeText(message, 500));
  return undefined;
}
