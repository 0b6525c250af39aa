/** Every answer says which state of the root it was made from; 0 before the first complete snapshot. */
export interface Answered {
  readonly generation: number;
}

/** The question was understood and has no answer here. */
export interface NotAvailable extends Answered {
  readonly available: false;
  /**
   * `no-root`: the document lies in no workspace root. `not-ready`: the repository has not been read yet.
   * `not-found`: nothing has that name now. `stale`: the document changed since the version asked for.
   * `no-revision`: Git does not know the commit, may not be asked, or the commit is too large. `not-implemented`: this
   * server cannot answer it.
   */
  readonly reason: 'no-root' | 'not-ready' | 'not-found' | 'stale' | 'no-revision' | 'not-implemented';
  /** One sentence for the user. */
  readonly message: string;
}

export type Available<T> = Answered & { readonly available: true } & T;

export type Answer<T> = Available<T> | NotAvailable;
