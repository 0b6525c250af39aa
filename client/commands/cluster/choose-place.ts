import * as vscode from 'vscode';
import { parseResourceKey } from '../../../server/model/resource-id';
import { contextOfApplied } from '../../status/relations/live-view';
import type { Live } from '../../views/live/live';
import { type RenderedPlace } from '../../views/live/rendered-objects';
import { type CommandContext } from '../command';
import { contextOfCluster } from '../object-action/file-context';

/**
 * Of several places of a repository that of the cluster which is bound to a context, or which the user chooses.
 * @param where the context in which the objects live that are rendered there
 * @param name of what is compared, for what is said
 * @returns a text when what is rendered there lives elsewhere; undefined when the user gives up, or the cluster is bound to
 *   another context
 */
export async function choosePlace(
  context: CommandContext,
  live: Live,
  places: readonly RenderedPlace[],
  { where, name }: { readonly where: string; readonly name: string },
): Promise<RenderedPlace | string | undefined> {
  const contexts = new Map(places.map((place) => [place, contextsOf(live, place)]));
  const bound = places.filter((place) => contexts.get(place)?.lives === where);
  const [only, another] = bound.length > 0 ? bound : places;
  const chosen = another === undefined ? only : await pick(bound.length > 1 ? bound : places);
  if (chosen === undefined) return undefined;
  // The binding is asked for, and a contradiction ends it.
  const { cluster, lives } = contexts.get(chosen) ?? {};
  const expected = lives === where ? cluster : where;
  const found = await contextOfCluster(context, chosen.root, chosen.cluster, expected);
  if (found === undefined) return undefined;
  if (contextOfApplied(live.clusters.store, found, chosen.owner) === where) return chosen;
  return `What Git renders there is applied to another cluster, and is not ${name} of ${where}.`;
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
