import * as vscode from 'vscode';
import { boundClusters, type BoundCluster } from '../../status/binding/bound-clusters';
import { resolveBinding } from '../../status/binding/resolve';
import type { Live } from '../../views/live/live';
import { type Command } from '../command';
import { noticeText } from '../object-action/notice-text';

interface BindingItem extends vscode.QuickPickItem {
  readonly bound: BoundCluster;
}

/** Lists what was bound on this machine, and whether it still holds; choosing one offers to forget it. */
export const showBindings: Command['run'] = (context) => show(context.live, 'Bindings of Clusters');

/** Forgets a binding: the next action from a file of the cluster asks again. */
export const forgetBinding: Command['run'] = (context) => show(context.live, 'Forget Which Binding?');

async function show(open: () => Promise<Live>, title: string): Promise<void> {
  const live = await open();
  await live.clusters.known();
  const all = boundClusters(live.memory);
  if (all.length === 0) {
    await vscode.window.showInformationMessage('No cluster is bound to a context on this machine.');
    return;
  }
  const items = all.map((bound): BindingItem => itemOf(live, bound));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Choose one to forget it',
    matchOnDescription: true,
  });
  if (chosen === undefined) return;
  const forget = 'Forget';
  const question = noticeText(`Forget that ${chosen.label} is context ${chosen.bound.binding.context}?`);
  if ((await vscode.window.showWarningMessage(question, { modal: true }, forget)) !== forget) return;
  await live.bindings.forget(chosen.bound.what);
  live.clusters.store.targetsChanged();
}

function itemOf(live: Live, bound: BoundCluster): BindingItem {
  const { what, binding } = bound;
  const label = what.kind === 'cluster' ? what.path : `kubeconfig ${what.target} in ${what.context}`;
  const resolution = resolveBinding(live.bindings, what, { name: label });
  const place = what.kind === 'cluster' ? vscode.Uri.parse(what.root).fsPath : '';
  return {
    label,
    description: `${binding.context} · ${binding.server}`,
    detail: [place, resolution.name === 'bound' ? '' : noticeText(resolution.text, 400)].filter(Boolean).join(' · '),
    bound,
  };
}
