import * as vscode from 'vscode';
import { parseAddress } from '../../../server/model/object-address';
import { parseResourceKey, resourceKey, type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { renderedRequest } from '../../../server/protocol/messages';
import { type AddressText } from '../../../server/protocol/place';
import type { Failure, Outcome, Requests } from '../../kube/kube';
import { idOfObject, readObjects } from '../../status/yaml/read-objects';
import { type LiveObject } from '../../status/object-sink';
import { contextOfApplied } from '../../status/relations/live-view';
import type { Live } from '../../views/live/live';
import { appliedPlaces } from '../../views/live/rendered-objects';
import { type CommandContext } from '../command';
import { type WorkingRow } from '../object-action/cancellable';
import { chooseTarget, type ChosenTarget } from '../object-action/choose-target';
import { contextOfCluster } from '../object-action/file-context';
import { noticeText } from '../object-action/notice-text';
import { objectsOfFile, type CursorObject } from '../object-action/objects-at-cursor';
import { choosePlace } from './choose-place';
import { type RenderedObject } from './compare-object';

/** Objects of a repository that are compared with a context in one go. */
export interface ComparedScope {
  readonly live: Live;
  /** The context. */
  readonly where: string;
  /** `Kustomization flux-system/apps`, or a file. */
  readonly subject: string;
  readonly from: WorkingRow | 'palette';
  readonly render: (requests: Requests, signal: AbortSignal) => Promise<Outcome<readonly RenderedObject[]>>;
}

/** What the user wants to compare: all that a Kustomization applies, or a file; the user is told why there is nothing. */
export async function chooseCompared(context: CommandContext, argument: unknown): Promise<ComparedScope | undefined> {
  if (argument instanceof vscode.Uri) return ofFile(context, argument);
  const file = argument === undefined ? vscode.window.activeTextEditor?.document : undefined;
  if (file !== undefined && (await objectsOfFile(context.server, file, () => true)).length > 0) {
    const named = vscode.workspace.asRelativePath(file.uri);
    const [thisFile, other] = [{ label: `$(file) ${named}` }, { label: 'Kustomization…' }];
    const chosen = await vscode.window.showQuickPick([thisFile, other], { title: 'Compare All with Git' });
    if (chosen === undefined) return undefined;
    if (chosen === thisFile) return ofFile(context, file.uri);
  }
  const chosen = await chooseTarget(context, argument, { verb: 'Compare All with Git', capability: 'applies' });
  return chosen && ofKustomization(context, chosen);
}

async function ofKustomization(
  context: CommandContext,
  { live, target, from }: ChosenTarget,
): Promise<ComparedScope | undefined> {
  const { id, context: where, label } = target;
  const places = await appliedPlaces(resourceKey(id), context.server);
  if (places.length === 0) return inform(`No open repository renders what ${label} applies.`);
  const place = await choosePlace(context, live, places, { where, name: `what ${label} applies` });
  if (place === undefined) return undefined;
  if (typeof place === 'string') return inform(place);
  const render: ComparedScope['render'] = async (requests, signal) => {
    const texts = await rendered(context, place.root, [place.address]);
    const owner = (await requests.get(id, undefined, signal)).value;
    if (texts.failure !== undefined) return texts;
    const objects = texts.value.flatMap((text) => readObjects(text));
    return { value: objects.map((object) => ({ id: idOfObject(object), rendered: object, owner })) };
  };
  return { live, where, subject: label, from, render };
}

async function ofFile(context: CommandContext, uri: vscode.Uri): Promise<ComparedScope | undefined> {
  const subject = vscode.workspace.asRelativePath(uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const objects = await objectsOfFile(context.server, document, () => true);
  const clusters = [...new Set(objects.map(({ cluster }) => cluster))];
  if (clusters.length === 0) return inform(`No Kustomization of a cluster renders an object of ${subject}.`);
  const cluster = clusters.length === 1 ? clusters[0] : await vscode.window.showQuickPick(clusters, { title: which });
  const own = objects.filter((one) => one.cluster === cluster);
  const [first] = own;
  const where = first && (await contextOfCluster(context, first.object.root, first.cluster));
  if (where === undefined) return undefined;
  const live = await context.live();
  const here = own.filter(({ object }) => {
    const owner = parseAddress(object.address)?.owner ?? '';
    return contextOfApplied(live.clusters.store, where, owner) === where;
  });
  if (here.length === 0)
    return inform(`What ${subject} renders to is applied to another cluster than that of ${where}.`);
  const render: ComparedScope['render'] = (requests, signal) => renderFile(context, here, requests, signal);
  return { live, where, subject, from: 'palette', render };
}

const which = 'Compare with Which Cluster of the Repository?';

async function renderFile(
  context: CommandContext,
  objects: readonly CursorObject[],
  requests: Requests,
  signal: AbortSignal,
): Promise<Outcome<readonly RenderedObject[]>> {
  const [first] = objects;
  const texts = await rendered(
    context,
    first?.object.root ?? '',
    objects.map(({ object }) => object.address),
  );
  if (texts.failure !== undefined) return texts;
  const owners = new Map<ResourceKey, LiveObject | undefined>();
  const found: RenderedObject[] = [];
  for (const [at, { id, object }] of objects.entries()) {
    const [one] = readObjects(texts.value[at] ?? '');
    if (one === undefined) continue;
    const owner = parseAddress(object.address)?.owner ?? '';
    if (!owners.has(owner)) owners.set(owner, await read(requests, parseResourceKey(owner), signal));
    found.push({ id, rendered: one, owner: owners.get(owner) });
  }
  return { value: found };
}

const read = async (requests: Requests, id: ResourceId | undefined, signal: AbortSignal) =>
  id && (await requests.get(id, undefined, signal)).value;

/** The texts of some addresses, in their order. */
async function rendered(
  { server }: CommandContext,
  root: string,
  addresses: readonly AddressText[],
): Promise<Outcome<readonly string[]>> {
  const texts: string[] = [];
  for (const address of addresses) {
    const answer = await server.ask(renderedRequest, { root, address });
    if (answer?.available !== true) return refused(answer?.message ?? 'The language server does not run.');
    texts.push(answer.text);
  }
  return { value: texts };
}

const refused = (message: string): { readonly failure: Failure } => ({ failure: { name: 'refused', message } });

async function inform(message: string): Promise<undefined> {
  await vscode.window.showInformationMessage(noticeText(message, 500));
  return undefined;
}
