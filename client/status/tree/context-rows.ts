import { type LiveKind } from '../kinds/live-kind';
import { boundedText } from '../live/bounded-text';
import { type LiveView } from '../relations/live-view';
import { type Fault } from '../relations/root-cause';
import { failingIn } from './badge';
import { connectionOf, type ConnectionState } from './connection';
import { faultsNode, mostFaulty } from './fault-rows';
import { childPath, type NodePath } from './node-path';
import { fewRefusedRows } from './refused-rows';
import { timeText } from './tooltip';
import { treeNode, type TreeNode } from './tree-node';

const wordOf: Readonly<Record<ConnectionState['name'], string>> = {
  loading: 'loading',
  content: '',
  empty: 'no Flux objects',
  'no-flux': 'Flux is not installed',
  paused: 'paused',
  disconnected: 'disconnected',
  unreachable: 'unreachable',
  forbidden: 'forbidden',
};

const sentenceOf: Readonly<Record<ConnectionState['name'], string>> = {
  loading: 'Loading',
  content: '',
  empty: 'Flux is installed, and has no objects.',
  'no-flux': 'The cluster serves no kinds of Flux.',
  paused: 'Not watched while no view is open: this is what was last heard.',
  disconnected: 'The connection is lost: this is what was last heard.',
  unreachable: 'The cluster does not answer.',
  forbidden: 'Nothing may be listed with this login.',
};

/** The row of a context. @param sections of what it counts the failing; undefined for everything */
export function contextNode(view: LiveView, context: string, sections?: ReadonlySet<LiveKind['section']>): TreeNode {
  const state = connectionOf(view, context)?.name ?? 'loading';
  const failing = failingIn(view, context, sections);
  return treeNode({
    path: childPath(undefined, 'context', context),
    kind: 'context',
    label: boundedText(context, 300),
    description: [wordOf[state], failing === 0 ? '' : `${failing} failing`].filter(Boolean).join(' · '),
    isStale: state === 'disconnected' || state === 'paused',
    isExpandable: true,
  });
}

/**
 * What stands above the objects of a context: its state when that needs words, kinds that are refused, what fails first,
 * favorites.
 */
export function contextRows(
  view: LiveView,
  path: NodePath,
  context: string,
  { favorites, faults }: { readonly favorites: number; readonly faults: readonly Fault[] },
): readonly TreeNode[] {
  const rows: TreeNode[] = [];
  const state = connectionOf(view, context) ?? { name: 'loading' };
  if (state.name !== 'content') {
    const since = 'since' in state ? `since ${timeText(state.since)}` : '';
    const description = [since, 'message' in state ? state.message : ''].filter(Boolean).join(' · ');
    const label = sentenceOf[state.name];
    rows.push(treeNode({ path: childPath(path, 'message', 'state'), kind: 'message', label, description }));
  }
  if (state.name !== 'forbidden') rows.push(...fewRefusedRows(view, path, context));
  if (faults.length > 0) rows.push(faultsNode(path, faults, (view.find(context)?.faulty.size ?? 0) > mostFaulty));
  if (favorites > 0) {
    rows.push(
      treeNode({
        path: childPath(path, 'favorites', ''),
        kind: 'group',
        label: 'Favorites',
        description: String(favorites),
        isExpandable: true,
      }),
    );
  }
  return rows;
}
