import type { ConnectionState } from '../../kube/kube';
import { type StandingState } from '../../status/relations/standing';
import { type TreeNode } from '../../status/tree/tree-node';

/** A codicon and, where there is one, a color of the theme. The shape alone tells states apart. */
export interface RowIcon {
  readonly icon: string;
  readonly color?: string;
}

const iconOfState: Readonly<Record<StandingState, RowIcon>> = {
  ready: { icon: 'pass', color: 'testing.iconPassed' },
  reconciling: { icon: 'sync' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  stalled: { icon: 'circle-slash', color: 'testing.iconFailed' },
  waiting: { icon: 'watch' },
  suspended: { icon: 'debug-pause' },
  deleting: { icon: 'trash' },
  static: { icon: 'circle-outline' },
  unknown: { icon: 'question' },
  behind: { icon: 'history', color: 'problemsWarningIcon.foreground' },
  empty: { icon: 'circle-large-outline', color: 'problemsWarningIcon.foreground' },
  unchecked: { icon: 'check' },
};

const iconOfKind: Readonly<Record<Exclude<TreeNode['kind'], 'object'>, RowIcon>> = {
  context: { icon: 'server-environment' },
  group: { icon: 'list-tree' },
  listed: { icon: 'symbol-misc' },
  page: { icon: 'ellipsis' },
  message: { icon: 'info' },
};

/** What stands before a row. Whatever is not heard of now has one icon, so that an old state never looks like a present one. */
export function rowIcon({ kind, state, isStale }: Pick<TreeNode, 'kind' | 'state' | 'isStale'>): RowIcon {
  if (isStale) return { icon: 'debug-disconnect', color: 'descriptionForeground' };
  if (kind !== 'object') return iconOfKind[kind];
  return iconOfState[state ?? 'unknown'];
}

/** How a row is named to those who hear it: all that is seen. */
export function rowLabel({ label, description }: Pick<TreeNode, 'label' | 'description'>): string {
  return [label, ...description.split(' · ')].filter(Boolean).join(', ');
}

/** Words for `viewItem` in the manifest's menus: the kind of row, and what can be done with it. */
export function rowContext({ kind, capabilities }: Pick<TreeNode, 'kind' | 'capabilities'>): string {
  return [kind, ...capabilities].join(' ');
}

/** Words for `viewItem` while a command works on the object: it can be cancelled, and no other begun. */
export const runningContext = 'object running';

/** What a connection that has failed says in place of "paused"; undefined for others. */
export function failedText(state: ConnectionState): { readonly word: string; readonly message: string } | undefined {
  return state.name === 'failed' ? { word: 'connection failed', message: state.failure.message } : undefined;
}
