import * as vscode from 'vscode';
import type { KnownContext } from '../kube/kube';
import { type Command } from './command';
import { runCancellable } from './object-action/cancellable';
import { noticeText } from './object-action/notice-text';
import { writeTexts } from './object-action/write-guard';

/** Connects a context of the kubeconfig, chosen by name and server. Nothing else connects one for the first time. */
export const connect: Command = {
  id: 'fluxwright.connect',
  run: async ({ live, begin }) => {
    await begin();
    const { clusters } = await live();
    if (!clusters.isTrusted) {
      await vscode.window.showWarningMessage(writeTexts.untrusted);
      return;
    }
    const { contexts, current, failure, faults } = await clusters.known();
    if (contexts.length === 0) {
      await vscode.window.showWarningMessage(noticeText(failure?.message ?? faults[0] ?? 'No context was found.', 500));
      return;
    }
    const items = contexts.map((context) => itemOf(context, current));
    const chosen = await vscode.window.showQuickPick(items, {
      title: 'Connect to Cluster',
      placeHolder: faults[0] ?? 'Contexts of the kubeconfig on this machine',
      matchOnDescription: true,
    });
    if (chosen === undefined) return;
    const { name, server } = chosen.context;
    const title = noticeText(`Connecting to ${name} (${server})`);
    const state = await runCancellable(title, 'palette', (_, signal) => clusters.connect(name, signal));
    if (state?.name === 'failed') void vscode.window.showErrorMessage(noticeText(state.failure.message, 500));
    else if (state?.name === 'connected') await vscode.commands.executeCommand('fluxwright.objects.focus');
  },
};

type ContextItem = vscode.QuickPickItem & { readonly context: KnownContext };

function itemOf(context: KnownContext, current: string): ContextItem {
  const { name, server, namespace, skipsTls, state } = context;
  const notes = [
    state.name === 'idle' ? '' : state.name,
    name === current ? 'current context of kubectl' : '',
    `namespace ${namespace}`,
    skipsTls ? 'the certificate of the server is not checked' : '',
  ];
  return { label: name, description: server, detail: notes.filter(Boolean).join(' · '), context };
}
