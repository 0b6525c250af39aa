import * as vscode from 'vscode';
import { resolveBinding } from '../../status/binding/resolve';
import type { Live } from '../../views/live/live';
import { type CommandContext } from '../command';
import { askForContext } from './bind-cluster';
import { runCancellable } from './cancellable';
import { noticeText } from './notice-text';
import { writeTexts } from './write-guard';

/**
 * The connected context of a file's cluster, by the user's binding: an unbound cluster is asked for, one that leads
 * somewhere else than when it was bound is confirmed again, and a contradiction ends it with an explanation.
 * @param actionContext where the object is that a row or another action stands for
 */
export async function contextOfCluster(
  { live: open, server }: Pick<CommandContext, 'live' | 'server'>,
  root: string,
  path: string,
  actionContext?: string,
): Promise<string | undefined> {
  const live = await open();
  if (!live.clusters.isTrusted) {
    await vscode.window.showWarningMessage(writeTexts.untrusted);
    return undefined;
  }
  await live.clusters.known();
  const info = server
    .status()
    .clusters.get(root)
    ?.find((cluster) => cluster.path === path);
  const what = { kind: 'cluster', root, path } as const;
  const facts = {
    name: info?.name ?? path,
    ...(info?.server === undefined ? {} : { server: info.server }),
    ...(actionContext === undefined ? {} : { actionContext }),
  };
  let resolution = resolveBinding(live.bindings, what, facts);
  if (resolution.name !== 'bound' && resolution.name !== 'mismatch') {
    const choose = 'Choose Context…';
    const question = noticeText(resolution.text, 600);
    if ((await vscode.window.showWarningMessage(question, { modal: true }, choose)) !== choose) return undefined;
    if ((await askForContext(live, { what, name: facts.name, server: info?.server })) === undefined) return undefined;
    resolution = resolveBinding(live.bindings, what, facts);
  }
  if (resolution.name === 'bound') return connected(live, resolution.identity.context);
  await vscode.window.showErrorMessage(noticeText(resolution.text, 600), { modal: true });
  return undefined;
}

/** The context once it is connected; offers to connect it. */
async function connected(live: Live, context: string): Promise<string | undefined> {
  if (live.clusters.requests(context) !== undefined) return context;
  const connect = 'Connect';
  const message = noticeText(writeTexts.notConnected(context));
  if ((await vscode.window.showWarningMessage(message, connect)) !== connect) return undefined;
  const state = await runCancellable(noticeText(`Connecting to ${context}`), 'palette', (_, signal) =>
    live.clusters.connect(context, signal),
  );
  if (state?.name === 'connected') return context;
  if (state?.name === 'failed') void vscode.window.showErrorMessage(noticeText(state.failure.message, 500));
  return undefined;
}
