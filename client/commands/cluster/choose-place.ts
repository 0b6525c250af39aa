import * as vscode from 'vscode';
import { parseResourceKey } from '../../../server/model/resource-id';
import type { Live } from '../../views/live/live';
import { type RenderedPlace } from '../../views/live/rendered-objects';
import { type CommandContext } from '../command';
import { contextOfCluster } from '../object-action/file-context';

/**
 * Of several places of a repository that of the cluster which is bound to a context, or which the user chooses.
 * @returns undefined when the user gives up, or the cluster is bound to another context
 */
export async function choosePlace(
  context: CommandContext,
  live: Live,
  places: readonly RenderedPlace[],
  where: string,
): Promise<RenderedPlace | undefined> {
  const bound = places.filter(({ root, cluster }) => {
    return live.bindings.confirmed({ kind: 'cluster', root, path: cluster })?.context === where;
  });
  const [only, another] = bound.length > 0 ? bound : places;
  const chosen = another === undefined ? only : await pick(bound.length > 1 ? bound : places);
  if (chosen === undefined) return undefined;
  // The binding is asked for, and a contradiction ends it.
  const found = await contextOfCluster(context, chosen.root, chosen.cluster, where);
  return found === undefined ? undefined : chosen;
}

async function pick(places: readonly RenderedPlace[]): Promise<RenderedPlace | undefined> {
  const items = places.map((place) => ({
    label: place.cluster,
    description: parseResourceKey(place.owner)?.name ?? '',
    place,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Compare with Which Cluster of the Repository?' }))?.place;
}
