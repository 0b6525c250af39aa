import { type LiveView } from '../relations/live-view';
import { fluxCheck } from './flux-check';
import { childPath, type NodePath } from './node-path';
import { treeNode, type TreeNode } from './tree-node';

/** The result of `flux check` and what is wrong, one row each; none while nothing is known. */
export function checkRows(view: LiveView, path: NodePath, context: string): readonly TreeNode[] {
  const lines = fluxCheck(view, context);
  if (lines.length === 0) return [];
  const faults = lines.filter(({ isOk }) => !isOk);
  const count = faults.length === 1 ? '1 problem' : `${faults.length} problems`;
  const kubernetes = view.find(context)?.serverVersion ?? '';
  const said = [faults.length === 0 ? 'passed' : count, kubernetes === '' ? '' : `Kubernetes ${kubernetes}`];
  const row = (name: string, label: string, description = ''): TreeNode =>
    treeNode({ path: childPath(path, 'message', name), kind: 'message', label, description });
  return [
    row('check', 'Flux check', said.filter(Boolean).join(' · ')),
    ...faults.map(({ text }, at) => row(`check ${at}`, text)),
  ];
}
