import { type Path } from '../../server/model/json';
import { type MetadataFault } from '../../server/sops/metadata-fault';

/** Where a value stands: the document of its file (from 0) and the keys and list positions that lead to it. */
export interface ValueAddress {
  readonly document: number;
  readonly steps: Path;
}

/**
 * Why something was refused. Nothing in it is a secret: keys and file names stand there, values, ciphertext and key
 * material never do.
 */
export type SecretsFault =
  /** The text cannot be read in its format; `line` from 1. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly line?: number }
  /** Readable, but SOPS refuses it or would not keep it: aliases, a list as document, a key that is no text. */
  | { readonly kind: 'unsupported'; readonly reason: string; readonly at?: ValueAddress }
  | { readonly kind: 'too-large'; readonly reason: string }
  | { readonly kind: 'not-encrypted' }
  | { readonly kind: 'already-encrypted' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'bad-metadata'; readonly faults: readonly MetadataFault[] }
  /** A pattern of the file's rule that cannot be evaluated here, so what is encrypted is unknown. */
  | { readonly kind: 'unknown-pattern'; readonly field: string }
  | { readonly kind: 'no-key'; readonly attempts: readonly KeyAttempt[] }
  /** The rule says the value is encrypted, but it stands there in clear. */
  | { readonly kind: 'plain-value'; readonly at: ValueAddress }
  | { readonly kind: 'damaged-value'; readonly at: ValueAddress }
  /** The ciphertext belongs elsewhere: moved or renamed, of another file, or changed. */
  | { readonly kind: 'foreign-value'; readonly at: ValueAddress }
  /** Values open, but their checksum is another: something was added, removed, reordered or changed. */
  | { readonly kind: 'wrong-mac' }
  | { readonly kind: 'missing-key'; readonly at: ValueAddress }
  | { readonly kind: 'key-exists'; readonly at: ValueAddress }
  /** The place cannot be edited without touching others. */
  | { readonly kind: 'not-editable'; readonly at: ValueAddress }
  /** Values that were encrypted would be written in clear, since the rule does not hold for their new place. */
  | { readonly kind: 'would-expose'; readonly at: ValueAddress }
  | { readonly kind: 'no-recipients' }
  | { readonly kind: 'bad-recipient'; readonly recipient: string; readonly reason: string }
  /** The stanza needs keys that only the sops program can use, and it cannot be run or failed. */
  | { readonly kind: 'program'; readonly reason: string }
  /** What was written does not read back as intended; the file was left as it is. */
  | { readonly kind: 'not-verified' };

/** One place where a key was looked for, and what was found there. */
export interface KeyAttempt {
  /** Path, variable or service; on which machine is for the caller to say. */
  readonly place: string;
  readonly outcome: string;
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: SecretsFault };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (fault: SecretsFault): { readonly ok: false; readonly fault: SecretsFault } => ({
  ok: false,
  fault,
});
