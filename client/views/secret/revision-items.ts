import { type FileRevision } from '../../../server/protocol/history';

/** A state of a file that can be chosen. `key` tells two apart, `name` is for people. */
export type Revision =
  | { readonly kind: 'working'; readonly key: string; readonly name: string }
  /** The name of a commit that is still to be asked for. */
  | { readonly kind: 'named'; readonly key: string; readonly name: string }
  | {
      readonly kind: 'commit';
      readonly key: string;
      readonly name: string;
      readonly revision: string;
      /** The file's path then, where its history knows it. */
      readonly path?: string;
    };

/** A line of the list. */
export interface RevisionItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly revision: Revision;
}

/** The file as it is now. */
export const workingFile: RevisionItem = {
  label: '$(file) Working file',
  description: 'with what is not saved in its tab',
  revision: { kind: 'working', key: '', name: 'the working file' },
};

const other: RevisionItem = {
  label: '$(git-branch) Another branch, tag or commit…',
  revision: { kind: 'named', key: '…', name: '' },
};

/** The history of a file as a list, newest first; a name for all that is not in it comes last. */
export function revisionItems(revisions: readonly FileRevision[]): readonly RevisionItem[] {
  const paths = new Set(revisions.map(({ path }) => path));
  const items = revisions.map(({ commit, path, date, author, subject }): RevisionItem => {
    const short = commit.slice(0, 8);
    return {
      // What begins an icon in a list does not begin one here.
      label: `$(git-commit) ${subject.replaceAll('$(', '$ (')}`,
      description: short,
      detail: [author.replaceAll('$(', '$ ('), date.slice(0, 10), ...(paths.size > 1 ? [path] : [])].join(' · '),
      revision: { kind: 'commit', key: commit, name: `${short} of ${date.slice(0, 10)}`, revision: commit, path },
    };
  });
  return [...items, other];
}
