/** A way back to an earlier commit, for the source of a cluster. */
export interface WayBack {
  readonly cluster: string;
  /** Name of the source, `flux-system/flux-system`. */
  readonly source: string;
  /** Commit that was well, and the one that is applied now. */
  readonly good: string;
  readonly bad: string;
  /** Empty when the source follows none. */
  readonly branch: string;
}

const commit = /^[0-9a-f]{7,64}$/;
// What git takes as the name of a branch, without what a shell or git would read as something else.
const branchName = /^[A-Za-z0-9_][\w./-]{0,200}$/;

/** Whether a text is a commit by its full or short name. */
export const isCommit = (text: string): boolean => commit.test(text);

/** Commit of a revision as sources write it: `main@sha1:8c2f…`; undefined for those of other forms. */
export function commitOf(revision: string): string | undefined {
  const found = /(?:^|@)sha1:([0-9a-f]{7,64})$/.exec(revision)?.[1] ?? /^[^@]+\/([0-9a-f]{40})$/.exec(revision)?.[1];
  return found !== undefined && isCommit(found) ? found : undefined;
}

/**
 * Commands that undo what came after a commit, in a commit of their own.
 * @returns nothing when a name of the cluster could be read as anything else than what it is
 */
export function revertCommands({ good, bad, branch }: WayBack): readonly string[] {
  if (!isCommit(good) || !isCommit(bad) || (branch !== '' && !branchName.test(branch))) return [];
  const checkout =
    branch === '' ? [] : [`git fetch origin ${branch}`, `git switch ${branch}`, 'git merge --ff-only FETCH_HEAD'];
  return [
    ...checkout,
    `git revert --no-edit ${good}..${bad}`,
    branch === '' ? 'git push' : `git push origin ${branch}`,
  ];
}

/**
 * The same where merges lie between the two, at which `git revert` stops: the files as they were, in one commit. Git refuses
 * it where files that differ hold changes of the user's own.
 */
export function returnCommands(way: WayBack): readonly string[] {
  return revertCommands(way).map((command) =>
    command.startsWith('git revert')
      ? `git read-tree -m -u HEAD ${way.good} && git commit -m "Return to ${way.good.slice(0, 12)}"`
      : command,
  );
}

/** `spec.ref` of a source that stays at a commit. */
export function pinnedRef({ good, branch }: WayBack): string {
  return ['spec:', '  ref:', ...(branch === '' ? [] : [`    branch: ${branch}`]), `    commit: ${good}`].join('\n');
}

/** Both ways in words and commands; nothing of it is run. */
export function wayBackText(way: WayBack): string {
  const { cluster, source, good, bad } = way;
  const commands = revertCommands(way);
  return `${[
    `Way back for ${cluster}: ${bad} is applied, ${good} was well`,
    '',
    'A commit that takes back what came after it:',
    ...commands.map((command) => `    ${command}`),
    ...(commands.length === 0 ? ['    The names of the cluster are none that git takes; revert by hand.'] : []),
    '',
    ...(commands.length === 0 ? [] : ['The same where merges came after it, which git revert does not take:']),
    ...returnCommands(way).map((command) => `    ${command}`),
    ...(commands.length === 0 ? [] : ['']),
    `Or the source ${source} pinned in Git, until what is wrong is repaired:`,
    ...pinnedRef(way)
      .split('\n')
      .map((line) => `    ${line}`),
    '',
    'Flux applies either once the objects that were suspended are resumed.',
  ].join('\n')}\n`;
}
