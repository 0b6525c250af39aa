export { type FileRevision } from '../model/ports';

/**
 * A question about the repository's history. `commit`: what a name stands for. `branch-tip`: the newest commit of a branch
 * that a remote is known to have. `blob`: identity of a file's content in a commit, empty for none. `changed-files`: URIs of
 * what a commit changed.
 */
export type HistoryQuestion =
  | { readonly ask: 'commit'; readonly name: string }
  | { readonly ask: 'branch-tip'; readonly branch: string }
  | { readonly ask: 'tags' }
  | { readonly ask: 'is-ancestor'; readonly commit: string; readonly of: string }
  | { readonly ask: 'blob'; readonly commit: string; readonly uri: string }
  | { readonly ask: 'changed-files'; readonly commit: string };

/** Null where Git cannot tell. */
export type HistoryAnswer = string | boolean | readonly string[] | null;
