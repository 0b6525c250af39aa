import * as vscode from 'vscode';
import { type ResourceKey } from '../../../server/model/resource-id';
import { parseLiveId } from '../../status/live/live-id';
import { parsePath } from '../../status/tree/node-path';
import type { Live } from '../../views/live/live';
import { type Command, type CommandContext } from '../command';
import { askForContext, type ToBind } from '../object-action/bind-cluster';
import { fileObject } from '../object-action/file-object';
import { noticeText } from '../object-action/notice-text';
import { writeTexts } from '../object-action/write-guard';

/** Says which context a cluster of a repository is, or where the kubeconfig of a Kustomization or HelmRelease leads. */
export const bindCluster: Command['run'] = async (context, argument) => {
  const live = await context.live();
  if (!live.clusters.isTrusted) {
    await vscode.window.showWarningMessage(writeTexts.untrusted);
    return;
  }
  const wanted = targetOfRow(live, argument) ?? targetOfFile(live, argument) ?? (await clusterOf(context, argument));
  if (wanted === undefined) return;
  const bound = await askForContext(live, wanted);
  if (bound === undefined) return;
  void vscode.window.showInformationMessage(noticeText(`Cluster ${wanted.name} is bound to context ${bound}.`));
};

/** The other cluster to which the object of a row applies. */
function targetOfRow(live: Live, row: unknown): ToBind | undefined {
  const last = typeof row === 'string' ? parsePath(row)?.at(-1) : undefined;
  const address = last?.type === 'object' ? parseLiveId(last.value) : undefined;
  if (address === undefined) return undefined;
  return targetOf(live, address.context, address.key);
}

/** The other cluster to which who renders an object of a file applies it, once the file's own cluster is bound. */
function targetOfFile(live: Live, argument: unknown): ToBind | undefined {
  const file = fileObject(argument);
  const context = file && live.contexts.contextOf(file.root, file.cluster);
  return file === undefined || context === undefined ? undefined : targetOf(live, context, file.owner);
}

function targetOf(live: Live, context: string, key: ResourceKey): ToBind | undefined {
  const target = live.clusters.store.statusIn(context, key)?.target;
  if (target === undefined) return undefined;
  return {
    what: { kind: 'target', context, target },
    name: `of kubeconfig ${target} in ${context}`,
    server: undefined,
  };
}

async function clusterOf({ server }: CommandContext, argument: unknown): Promise<ToBind | undefined> {
  const clusters = [...server.status().clusters].flatMap(([root, infos]) => infos.map((info) => ({ root, info })));
  const file = fileObject(argument);
  const named =
    file ??
    (typeof argument === 'object' && argument !== null
      ? (argument as { root?: unknown; cluster?: { path?: unknown } })
      : undefined);
  const path = file?.cluster ?? (typeof named?.cluster === 'object' ? named.cluster.path : undefined);
  const found = clusters.find(({ root, info }) => root === named?.root && info.path === path);
  const chosen = found ?? (await pick(clusters));
  if (chosen === undefined) return undefined;
  const { root, info } = chosen;
  return { what: { kind: 'cluster', root, path: info.path }, name: info.name, server: info.server };
}

type Found = {
  readonly root: string;
  readonly info: { readonly path: string; readonly name: string; readonly server?: string };
};

async function pick(clusters: readonly Found[]): Promise<Found | undefined> {
  if (clusters.length === 0) {
    await vscode.window.showInformationMessage('No open repository describes a cluster.');
    return undefined;
  }
  const items = clusters.map((found) => ({
    label: found.info.name,
    description: vscode.workspace.asRelativePath(
      vscode.Uri.joinPath(vscode.Uri.parse(found.root, true), found.info.path),
    ),
    found,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Bind Which Cluster?' }))?.found;
}
