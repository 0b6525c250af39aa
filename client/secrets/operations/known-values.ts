import { type ValueType } from '../../../schemas/sops/value-types';
import { type DecryptedTree } from '../values/decrypt-tree';
import { type PlainValue, textOf } from '../values/plain-value';

/** What stands behind a ciphertext that is already in the text. */
export interface KnownValue {
  readonly type: ValueType;
  readonly bytes: Uint8Array;
  /** The additional data it was sealed with. */
  readonly keys: readonly string[];
  /** It was written by the change that is being saved. */
  readonly isNew?: boolean;
}

/** By their ciphertext: the values and comments of a file that stay as they are unless they are moved. */
export type KnownValues = Map<string, KnownValue>;

/** All that an opened file holds encrypted. */
export function knownValuesOf({ values, comments, oldComments }: DecryptedTree): KnownValues {
  const known: KnownValues = new Map();
  for (const { leaf, value, keys, isEncrypted } of values) {
    if (isEncrypted && value.bytes.length > 0) known.set(textOf(leaf.value), { ...value, keys });
  }
  for (const { comment, text, encryptedAt } of comments) {
    if (encryptedAt === undefined) continue;
    known.set(comment.text, { type: 'comment', bytes: Buffer.from(text, 'utf8'), keys: encryptedAt });
  }
  for (const { ciphertext, bytes, keys } of oldComments) known.set(ciphertext, { type: 'comment', bytes, keys });
  return known;
}

/** The value itself, for comparing; undefined for a comment. */
export function plainOf({ type, bytes }: KnownValue): PlainValue | undefined {
  return type === 'comment' ? undefined : { type, bytes };
}
