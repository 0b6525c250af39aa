import * as vscode from 'vscode';
import { parseAddress } from '../../../server/model/object-address';
import { parseResourceKey, type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { reachRequest } from '../../../server/protocol/messages';
import { contextOfApplied } from '../../status/relations/live-view';
import { rootOfUri } from '../../language/root-of-uri';
import { type Command, type CommandContext } from '../command';
import { contextOfCluster } from '../object-action/file-context';
import { noticeText } from '../object-action/notice-text';
import { carryOutChain } from './reconcile-chain';

/**
 * Reconciles all that a file passes through in a cluster: sources, who applies what applies it, the Kustomizations that read
 * it and the objects of Flux that it declares, then what waits for those.
 * @param argument URI of the file, as the explorer hands it; without, the active editor's
 */
export const reconcileFile: Command['run'] = async (context, argument) => {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const root = uri && rootOfUri(uri.toString(), context.server.status().clusters.keys());
  if (uri === undefined || root === undefined) {
    await vscode.window.showInformationMessage('No file of a repository with a cluster is open.');
    return;
  }
  const file = noticeText(vscode.workspace.asRelativePath(uri));
  const reached = await reachedBy(context, root, uri);
  if (reached === undefined) {
    await vscode.window.showInformationMessage(`What ${file} changes cannot be told now.`);
    return;
  }
  const cluster = await chooseCluster(file, [...reached.keys()]);
  const objects = cluster === undefined ? undefined : reached.get(cluster);
  if (cluster === undefined || objects === undefined) return;
  const where = await contextOfCluster(context, root, cluster);
  if (where === undefined) return;
  const title = noticeText(`Reconcile ${file} in ${where}`);
  const live = await context.live();
  // What is applied to another cluster may have a namesake here; it comes with who applies it.
  const isHere = ({ owner }: Reached): boolean => contextOfApplied(live.clusters.store, where, owner) === where;
  await carryOutChain(live, {
    ...{ context: where, ids: objects.filter(isHere).map(({ id }) => id), withDependents: true },
    ...{ object: file, title, from: 'palette' },
  });
};

/** An object that a file reaches, and who applies it. */
interface Reached {
  readonly id: ResourceId;
  readonly owner: ResourceKey;
}

/** By the folder of the cluster: the Kustomizations that read a file, and the objects that it declares. */
async function reachedBy(
  { server }: Pick<CommandContext, 'server'>,
  root: string,
  uri: vscode.Uri,
): Promise<ReadonlyMap<string, readonly Reached[]> | undefined> {
  const answer = await server.ask(reachRequest, { root, uris: [uri.toString()] });
  if (answer?.available !== true) return undefined;
  const found = new Map<string, Reached[]>();
  for (const address of [...answer.kustomizations, ...answer.objects]) {
    const parsed = parseAddress(address);
    const id = parsed && parseResourceKey(parsed.object);
    if (parsed === undefined || id === undefined) continue;
    const { cluster, owner } = parsed;
    found.set(cluster, [...(found.get(cluster) ?? []), { id, owner }]);
  }
  return found;
}

async function chooseCluster(file: string, clusters: readonly string[]): Promise<string | undefined> {
  if (clusters.length < 2) {
    if (clusters.length === 0) {
      await vscode.window.showInformationMessage(`No Kustomization of a cluster reads ${file}.`);
    }
    return clusters[0];
  }
  return vscode.window.showQuickPick(clusters, { title: `Reconcile ${file} in Which Cluster?` });
}
