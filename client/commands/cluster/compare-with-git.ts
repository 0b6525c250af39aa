import * as vscode from 'vscode';
import { describe, parseResourceKey, resourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { renderedRequest } from '../../../server/protocol/messages';
import type { Failure, Outcome, Requests } from '../../kube/kube';
import { type Compared } from '../../status/difference/compared';
import { parseLiveId } from '../../status/live/live-id';
import { appliersOf, parentsOf } from '../../status/relations/parents';
import { readObjects } from '../../status/yaml/read-objects';
import { renderedPlaces, type RenderedPlace } from '../../views/live/rendered-objects';
import { type Command, type CommandContext } from '../command';
import { type ChosenTarget } from '../object-action/choose-target';
import { noticeText } from '../object-action/notice-text';
import { choosePlace } from './choose-place';
import { compareObject } from './compare-object';
import { readObject } from './read-object';

/** Compares a live object with what Git renders for it, in the editor's own comparison. */
export const compareWithGit: Command['run'] = (context, argument) =>
  readObject<Compared | undefined>(context, argument, {
    verb: 'Compare with Git',
    capability: 'favorite',
    doing: 'Comparing',
    read: (chosen, requests, report, signal) => compare(context, chosen, requests, report, signal),
    show: async ({ live, target: { context: where, id } }, both) => {
      if (both === undefined) return;
      const place = [where, id.kind, id.namespace];
      const left = live.documents.put([...place, 'live'], `${id.name}.yaml`, both.live);
      const right = live.documents.put([...place, 'Git'], `${id.name}.yaml`, both.rendered);
      const name = noticeText(`${id.kind} ${id.name}: ${where} ↔ Git`);
      await vscode.commands.executeCommand('vscode.diff', left, right, name, { preview: true });
      if (both.isEqual) vscode.window.setStatusBarMessage(`${name}: no difference`, 10_000);
    },
  });

const refused = (message: string): { readonly failure: Failure } => ({ failure: { name: 'refused', message } });

async function compare(
  context: CommandContext,
  chosen: ChosenTarget,
  requests: Requests,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<Outcome<Compared | undefined>> {
  const { target } = chosen;
  const { id } = target;
  const place = await placeOf(context, chosen);
  if (place === undefined) return { value: undefined };
  if (typeof place === 'string') return refused(place);
  report('rendering what Git says');
  const { root, address } = place;
  const answer = await context.server.ask(renderedRequest, { root, address });
  if (answer?.available !== true) return refused(answer?.message ?? 'The language server does not run.');
  const [rendered] = readObjects(answer.text);
  if (rendered === undefined) return refused('What Git renders for it cannot be read.');
  report('reading the object');
  const owner = parseResourceKey(place.owner);
  const applier = owner && (await requests.get(owner, undefined, signal)).value;
  return compareObject(requests, { id, rendered, owner: applier }, signal);
}

/** Where Git renders the object; a text says why that is not known, undefined that the user gave up. */
async function placeOf(
  context: CommandContext,
  { live, target, owner, file }: ChosenTarget,
): Promise<RenderedPlace | string | undefined> {
  if (file !== undefined) return { root: file.root, cluster: file.cluster, owner: file.owner, address: file.address };
  const key = resourceKey(target.id);
  const { store } = live.clusters;
  const status = store.statusIn(target.context, key);
  const parents =
    status === undefined ? appliersOf(store, target.context, target.id) : parentsOf(store, target.context, status);
  const owners = new Set<ResourceKey>(parents.flatMap((parent) => parseLiveId(parent)?.key ?? []));
  if (owner !== undefined) owners.add(owner);
  const places = await renderedPlaces(key, [...owners], context.server);
  if (places.length === 0) return 'No open repository renders it. What Helm installs is not rendered here.';
  return choosePlace(context, live, places, { where: target.context, name: describe(target.id) });
}
