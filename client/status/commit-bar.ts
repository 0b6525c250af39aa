import { commitWords, leastAdvanced, type CommitQuestion, type CommitStatus } from './commit-status';
import { parseLiveId } from './live/live-id';
import { shortRevision } from './live/revision';
import { describeKey } from './relations/behind';
import { type LiveView } from './relations/live-view';

/** What the status bar says of the commit that is checked out: a codicon, a text, and a line for each Kustomization. */
export interface CommitBar {
  readonly icon: 'check' | 'check-all' | 'error' | 'git-commit' | 'warning';
  readonly text: string;
  readonly lines: readonly string[];
}

const icons: Readonly<Record<CommitStatus['state'], CommitBar['icon']>> = {
  live: 'check-all',
  'applied-unchecked': 'check',
  failed: 'error',
  'not-on-synced-ref': 'warning',
  'not-fetched': 'git-commit',
  fetched: 'git-commit',
  unknown: 'git-commit',
};

/**
 * The commit against the revision that each Kustomization it touches has applied; the least advanced counts.
 * @param answers by context; none: nothing is known, and nothing is said
 */
export function commitBar(
  view: LiveView,
  commit: string,
  answers: readonly { readonly question: CommitQuestion; readonly status: CommitStatus }[],
): CommitBar | undefined {
  if (answers.length === 0) return undefined;
  const { state } = leastAdvanced(answers.map(({ status }) => status));
  const lines = answers.flatMap(({ question: { context, appliers }, status }) => [
    `${context}: ${commitWords[status.state]}. ${status.text}`,
    ...appliers.map((id) => {
      const applied = view.get(id)?.revisions;
      const revision = shortRevision(applied?.appliedOrigin ?? applied?.applied);
      return `  ${describeKey(parseLiveId(id)?.key ?? '')}: ${revision === '' ? 'nothing applied' : revision}`;
    }),
  ]);
  return { icon: icons[state], text: `${commit.slice(0, 8)}: ${commitWords[state]}`, lines };
}
