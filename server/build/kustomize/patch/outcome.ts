import { type Node } from '../node';

/** Why a patch does not fit an object, and at which keys. */
export class MergeConflict {
  constructor(
    readonly reason: string,
    readonly path: readonly string[] = [],
  ) {}

  under(key: string): MergeConflict {
    return new MergeConflict(this.reason, [key, ...this.path]);
  }
}

/** What becomes of a value. */
export interface Outcome {
  /** undefined: it goes away. */
  readonly node: Node | undefined;
  /** True for a null that was written as one and is not named by the patch: it stays, while other nulls go. */
  readonly keepsNull: boolean;
  /** True when the value of the object was changed itself, false when that of the patch takes its place. */
  readonly isInPlace: boolean;
  /** What a value that goes away was before, without the directive that says so. */
  readonly leaves?: Node;
}

export const gone: Outcome = { node: undefined, keepsNull: false, isInPlace: false };
