import { compilePattern, type Pattern } from '../scalars/pattern';
import { type MetadataFault } from './metadata-fault';

/** The six ways of saying which values a file has encrypted, in the order of SOPS's documentation. */
export const selectionFields = [
  'unencrypted_suffix',
  'encrypted_suffix',
  'unencrypted_regex',
  'encrypted_regex',
  'unencrypted_comment_regex',
  'encrypted_comment_regex',
] as const;
export type SelectionField = (typeof selectionFields)[number];

/** Which values of a file are encrypted. */
export interface Selection {
  readonly by: SelectionField;
  /** Suffix or RE2 pattern. */
  readonly text: string;
  /** False: nothing is written, and the default below holds. */
  readonly isWritten: boolean;
}

/** What holds when none is written: all values but those below a key with this ending. */
export const defaultSelection: Selection = { by: 'unencrypted_suffix', text: '_unencrypted', isWritten: false };

/** The one selection that is written; several are a fault, and the first of them is given. */
export function readSelection(textOf: (field: SelectionField) => string, faults: MetadataFault[]): Selection {
  const written = selectionFields.flatMap((by) => {
    const text = textOf(by);
    return text === '' ? [] : [{ by, text, isWritten: true }];
  });
  if (written.length > 1) {
    faults.push({ kind: 'several-selections', path: [written[1]?.by ?? ''], fields: written.map(({ by }) => by) });
  }
  return written[0] ?? defaultSelection;
}

/** Tells of one value or comment whether SOPS encrypts it. */
export interface Selector {
  /**
   * @param path keys from the document's root to the value; list positions are not part of it
   * @param comments for every level from the root down, the comments that stand before the value on that level, this one
   *   included when it is a comment itself
   */
  isEncrypted(path: readonly string[], comments: readonly (readonly string[])[], isComment: boolean): boolean;
  /** True for the ciphertext of a comment that would make what follows it clear: SOPS then refuses to encrypt. */
  spoilsComments(ciphertext: string): boolean;
}

/**
 * The selector of a selection (getsops/sops sops.go, `shouldBeEncrypted`); undefined when its pattern cannot be compiled
 * here, so that nothing is known. A pattern that is invalid in Go matches nothing there; to be safe that is unknown too.
 */
export function selectorOf({ by, text }: Selection): Selector | undefined {
  const isSuffix = by.endsWith('suffix');
  const pattern: Pattern | undefined = isSuffix ? { test: (key) => key.endsWith(text) } : compilePattern(text);
  if (pattern === undefined) return undefined;
  const whenFound = by.startsWith('encrypted');
  const ofComments = by.endsWith('comment_regex');
  const isEncrypted: Selector['isEncrypted'] = (path, comments, isComment) => {
    if (!ofComments) return path.some((key) => pattern.test(key)) === whenFound;
    // A comment that starts encryption is left readable itself; the others of its level count for it.
    const skipsOwn = whenFound && isComment;
    const last = comments.length - 1;
    const found = comments.some((level, index) =>
      level.some((comment, at) => !(skipsOwn && index === last && at === level.length - 1) && pattern.test(comment)),
    );
    return found === whenFound;
  };
  const spoilsComments = (ciphertext: string): boolean =>
    by === 'unencrypted_comment_regex' && pattern.test(ciphertext);
  return { isEncrypted, spoilsComments };
}
