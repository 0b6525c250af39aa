import { type FilePath } from './file-path';
import { type Range, type TextEdit } from './text';

export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

/**
 * `certain`: true whatever the cluster holds. `if-complete`: true if the repository is all there is.
 * `possible`: depends on state outside the repository.
 */
export type Certainty = 'certain' | 'if-complete' | 'possible';

export interface Place {
  readonly file: FilePath;
  readonly range: Range;
}

export interface RelatedPlace extends Place {
  readonly message: string;
}

/** A change that repairs a finding; applied as a whole or not at all. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly (TextEdit & { readonly file: FilePath })[];
}

/** One fault at one place, as every output (LSP, CLI, protocol) shows it. */
export interface Finding extends Place {
  readonly code: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly message: string;
  /** Text form of the object the finding is about, if it is about one. */
  readonly resource?: string;
  /** Paths of the clusters it holds in, sorted; absent when it does not depend on a cluster. */
  readonly clusters?: readonly string[];
  readonly related?: readonly RelatedPlace[];
  /** What is marked does nothing; editors dim it. */
  readonly isUnnecessary?: true;
  readonly fix?: Fix;
}
