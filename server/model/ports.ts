import { type FilePath } from './file-path';

/** What a path is, links followed once; a link that leaves the root or dangles is `missing`. */
export type EntryKind = 'file' | 'directory' | 'missing';

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory';
}

/** Result of reading a file. `unreadable` and `binary` carry one sentence for the user. */
export type ReadResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** `bytes`: what the file holds, for those who take it as it is. */
  | { readonly kind: 'invalid-utf8'; readonly text: string; readonly offset: number; readonly bytes?: Uint8Array };

/** Size in bytes and a stamp that changes when the content may have changed. */
export interface FileStamp {
  readonly size: number;
  readonly stamp: string;
}

/**
 * The files of one root. Synchronous: asynchronous reads cost six to ten times more
 * (performance-baselines 4), so callers slice their work instead.
 */
export interface Files {
  /** Every file below a folder, `.git` left out, sorted by path; links out of the root and cycles are not followed. */
  walk(directory: FilePath): Iterable<FilePath>;
  list(directory: FilePath): readonly DirectoryEntry[];
  stat(path: FilePath): EntryKind;
  /** undefined when the file is missing. */
  stamp(path: FilePath): FileStamp | undefined;
  read(path: FilePath): ReadResult;
}

/** Facts from Git; every answer is undefined without git or outside a work tree. */
export interface Git {
  /** Normalised URLs of the remotes, `host/path` in lower case without scheme, user and `.git`. */
  remotes(): readonly string[] | undefined;
  /** True when git tracks or would add the path (not ignored). */
  isTracked(path: FilePath): boolean | undefined;
  /** The commit that a name stands for; undefined also where it stands for none. */
  revision(name: string): Promise<Revision | undefined>;
}

/**
 * What the history of a repository says. Every answer is undefined where Git cannot tell: it may not be run, the clone is
 * shallow, or it never heard of the commit.
 */
export interface History {
  /** The commit that a name stands for, as `git rev-parse` reads it. */
  commit(name: string): Promise<string | undefined>;
  /** The newest commit of a branch that a remote is known to have; of several remotes `origin` counts. */
  branchTip(branch: string): Promise<string | undefined>;
  tags(): Promise<readonly string[] | undefined>;
  /** Whether a commit is another or one of its ancestors. */
  isAncestor(commit: string, of: string): Promise<boolean | undefined>;
  /** Identity of a file's content in a commit (git-hash-object(1)); empty for a file that is not there. */
  blob(commit: string, path: FilePath): Promise<string | undefined>;
  /** Files of the root that a commit changed against its first parent; those it removed, too. */
  changedFiles(commit: string): Promise<readonly FilePath[] | undefined>;
  /** Commits that changed a file, newest first, under the names it had before too; at most 500. */
  fileLog(path: FilePath): Promise<readonly FileRevision[] | undefined>;
  /**
   * The text of a file in a commit as Git keeps it, never as a filter of the repository shows it.
   * @param from path from the top of the work tree, of {@link FileRevision}; else the file's path now counts
   */
  fileAt(commit: string, path: FilePath, from?: string): Promise<ReadResult | undefined>;
}

/** A commit that changed a file. */
export interface FileRevision {
  readonly commit: string;
  /** The file's path then, from the top of the work tree. */
  readonly path: string;
  /** When it was written, in ISO 8601. */
  readonly date: string;
  readonly author: string;
  readonly subject: string;
}

/** One commit. */
export interface Revision {
  readonly commit: string;
  /** The files of the root as the commit holds them, read at once; `too-large` where there is too much of them. */
  files(): Promise<Files | 'too-large' | undefined>;
}

export interface Clock {
  /** Milliseconds from an arbitrary start, monotonic. */
  now(): number;
  /** Runs the callback after pending input and output were handled. */
  yield(callback: () => void): void;
  /** Runs the callback when so many milliseconds have passed. */
  after(milliseconds: number, callback: () => void): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Structured log; implementations redact, callers never pass file content or credentials. */
export interface Log {
  write(level: LogLevel, message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
}

/** Bytes kept between runs, keyed by content hash; may forget anything at any time. */
export interface Cache {
  get(key: string): Uint8Array | undefined;
  set(key: string, value: Uint8Array): void;
}
