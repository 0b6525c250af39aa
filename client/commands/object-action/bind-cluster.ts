import * as vscode from 'vscode';
import type { KnownContext } from '../../kube/kube';
import { type Bindable } from '../../status/binding/bindings';
import { normalServer } from '../../status/binding/context-identity';
import type { Live } from '../../views/live/live';
import { noticeText } from './notice-text';

/** A cluster that is to be bound, and what the repository says of it. */
export interface ToBind {
  readonly what: Bindable;
  /** How messages call it. */
  readonly name: string;
  /** The API server that the repository's configuration names. */
  readonly server: string | undefined;
}

/**
 * Lets the user say which context a cluster is, showing where it leads, and keeps that on this machine.
 * @returns the context; undefined when the user gives up, or the repository names another server
 */
export async function askForContext(live: Live, { what, name, server }: ToBind): Promise<string | undefined> {
  const { contexts, failure } = await live.clusters.known();
  if (contexts.length === 0) {
    await vscode.window.showWarningMessage(noticeText(failure?.message ?? 'The kubeconfig names no context.', 500));
    return undefined;
  }
  const isMeant = (context: KnownContext): boolean =>
    server !== undefined && normalServer(context.server) === normalServer(server);
  const items = [...contexts]
    .sort((a, b) => Number(isMeant(b)) - Number(isMeant(a)))
    .map((context) => ({
      label: context.name,
      description: context.server,
      detail: isMeant(context) ? 'The repository names this server.' : '',
      context,
    }));
  const title = `Which Context Is Cluster ${name}?`;
  const chosen = await vscode.window.showQuickPick(items, { title: noticeText(title), matchOnDescription: true });
  if (chosen === undefined) return undefined;
  const { context } = chosen;
  if (server !== undefined && !isMeant(context)) {
    const message = `The repository says that cluster ${name} is ${server}, but context ${context.name} leads to ${context.server}. Nothing was bound.`;
    await vscode.window.showErrorMessage(noticeText(message, 500), { modal: true });
    return undefined;
  }
  const bind = 'Bind';
  const detail = [
    `Server: ${context.server}`,
    `Certificate authority: ${context.caHash === '' ? 'none in the kubeconfig' : `SHA-256 ${context.caHash}`}`,
    'Commands on files of this cluster then act on this context. It is kept on this machine only, and asked again when server or authority change.',
  ].join('\n');
  const question = noticeText(`Bind cluster ${name} to context ${context.name}?`);
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, bind)) !== bind) return undefined;
  await live.bindings.confirm(
    what,
    { context: context.name, server: context.server, caHash: context.caHash },
    Date.now(),
  );
  live.clusters.store.targetsChanged();
  return context.name;
}
