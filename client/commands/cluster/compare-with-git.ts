import * as vscode from 'vscode';
import { describe, parseResourceKey, resourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { renderedRequest } from '../../../server/protocol/messages';
import type { Failure, Outcome, Requests } from '../../kube/kube';
import { compared, type Compared } from '../../status/difference/compared';
import { secretKeyNames } from '../../status/difference/secret-key-names';
import { parseLiveId } from '../../status/live/live-id';
import { type LiveObject } from '../../status/object-sink';
import { contextOfApplied } from '../../status/relations/live-view';
import { appliersOf, parentsOf } from '../../status/relations/parents';
import { readObjects } from '../../status/yaml/read-objects';
import type { Live } from '../../views/live/live';
import { renderedPlaces, type RenderedPlace } from '../../views/live/rendered-objects';
import { type Command, type CommandContext } from '../command';
import { type ChosenTarget } from '../object-action/choose-target';
import { contextOfCluster } from '../object-action/file-context';
import { noticeText } from '../object-action/notice-text';
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
  const isSecret = id.group === '' && id.kind === 'Secret';
  const live = await requests.get(id, undefined, signal);
  if (live.failure !== undefined && live.failure.name !== 'absent') return live;
  const owner = parseResourceKey(place.owner);
  const applier = owner && (await requests.get(owner, undefined, signal)).value;
  const dry = isSecret ? { object: undefined, note: '' } : await dryRun(rendered, target.id, requests, signal);
  if (signal.aborted) return { failure: { name: 'cancelled', message: 'Cancelled.' } };
  return {
    value: compared({
      live: live.value,
      rendered,
      dryRun: dry.object,
      note: dry.note,
      owner: applier,
      ...(isSecret ? { secretKeys: live.value === undefined ? [] : secretKeyNames(live.value) } : {}),
    }),
  };
}

/** As kustomize-controller applies it, without doing it; not asked where the login may not. */
async function dryRun(
  rendered: LiveObject,
  id: ChosenTarget['target']['id'],
  requests: Requests,
  signal: AbortSignal,
): Promise<{ readonly object: LiveObject | undefined; readonly note: string }> {
  const without = 'Compared without a dry run: defaults of the server are left out, and quantities stand as written.';
  if (JSON.stringify(rendered).includes('ENC[AES256_GCM'))
    return { object: undefined, note: `It holds encrypted values. ${without}` };
  const allowed = await requests.mayI({ verb: 'patch', id }, signal);
  if (allowed.value !== true) return { object: undefined, note: `Your login may not apply it. ${without}` };
  const outcome = await requests.dryRun(rendered, id, 'kustomize-controller', signal);
  if (outcome.failure === undefined) return { object: outcome.value, note: '' };
  return {
    object: undefined,
    note: `The server refused a dry run: ${noticeText(outcome.failure.message, 400)} ${without}`,
  };
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
  const [first] = places;
  if (first === undefined) return 'No open repository renders it. What Helm installs is not rendered here.';
  const contexts = new Map(places.map((place) => [place, contextsOf(live, place)]));
  const bound = places.filter((place) => contexts.get(place)?.lives === target.context);
  const chosen =
    bound.length === 1 ? bound[0] : places.length === 1 ? first : await pick(bound.length > 1 ? bound : places);
  if (chosen === undefined) return undefined;
  // The binding is asked for, and a contradiction ends it.
  const { cluster, lives } = contexts.get(chosen) ?? {};
  const expected = lives === target.context ? cluster : target.context;
  const found = await contextOfCluster(context, chosen.root, chosen.cluster, expected);
  if (found === undefined) return undefined;
  if (contextOfApplied(store, found, chosen.owner) === target.context) return chosen;
  const name = `${describe(target.id)} of ${target.context}`;
  return `What Git renders there is applied to another cluster, and is not ${name}.`;
}

/** The context that the cluster of a place is bound to, and the one in which what is rendered there lives. */
function contextsOf(
  { bindings, clusters: { store } }: Live,
  { root, cluster: path, owner }: RenderedPlace,
): { readonly cluster: string | undefined; readonly lives: string | undefined } {
  const cluster = bindings.confirmed({ kind: 'cluster', root, path })?.context;
  return { cluster, lives: cluster === undefined ? undefined : contextOfApplied(store, cluster, owner) };
}

async function pick(places: readonly RenderedPlace[]): Promise<RenderedPlace | undefined> {
  const items = places.map((place) => ({
    label: place.cluster,
    description: parseResourceKey(place.owner)?.name ?? '',
    place,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Compare with Which Cluster of the Repository?' }))?.place;
}
