import { type Path } from '../../../server/model/json';
import { type Selector } from '../../../server/sops/selection';
import { done, type Outcome, refused, type SecretsFault, type ValueAddress } from '../fault';
import { Checksum } from './checksum';
import { type PlainValue, textOf } from './plain-value';
import { type TreeComment, type TreeLeaf, type TreeMap } from './tree';
import { additionalDataOf, decryptValue } from './value-cipher';
import { walk } from './walk';

/** One value of an opened file. */
export interface OpenValue {
  readonly at: ValueAddress;
  readonly keys: readonly string[];
  readonly value: PlainValue;
  readonly isEncrypted: boolean;
  readonly leaf: TreeLeaf;
}

/** One comment of an opened file. */
export interface OpenComment {
  readonly document: number;
  /** Of the map or list around it. */
  readonly steps: Path;
  readonly text: string;
  /** Keys that were the additional data; undefined for a comment in clear. */
  readonly encryptedAt: readonly string[] | undefined;
  readonly comment: TreeComment;
}

export interface OldComment {
  readonly ciphertext: string;
  readonly bytes: Uint8Array;
  readonly keys: readonly string[];
}

export interface DecryptedTree {
  readonly values: readonly OpenValue[];
  readonly comments: readonly OpenComment[];
  /** Values in lists whose ciphertext says that they are comments: version 3.4 and before wrote them so. */
  readonly oldComments: readonly OldComment[];
  /** Of all values. */
  readonly checksum: string;
}

/**
 * Decrypts every value that the selection names (getsops/sops `Tree.Decrypt`); the first that cannot be is the fault.
 * @param strays comments outside of the trees, which SOPS does not see
 */
export function decryptTree(
  documents: readonly TreeMap[],
  strays: readonly TreeComment[],
  selector: Selector,
  dataKey: Uint8Array,
  isMacOnlyEncrypted: boolean,
): Outcome<DecryptedTree> {
  const checksum = new Checksum(isMacOnlyEncrypted);
  const values: OpenValue[] = [];
  const comments: OpenComment[] = [];
  const oldComments: OldComment[] = [];
  let fault: SecretsFault | undefined;
  for (const [document, root] of documents.entries()) {
    walk(root, ({ node, keys, steps, comments: above }) => {
      if (fault !== undefined) return;
      const isEncrypted = selector.isEncrypted(keys, above, node.kind === 'comment');
      if (node.kind === 'comment') {
        comments.push({ document, steps, comment: node, ...openComment(node, keys, isEncrypted, dataKey) });
        return;
      }
      const at = { document, steps };
      const opened = isEncrypted ? openValue(node.value, keys, dataKey) : node.value;
      if (typeof opened === 'string') fault = { kind: opened, at };
      else if (opened instanceof Uint8Array) {
        oldComments.push({ ciphertext: textOf(node.value), bytes: opened, keys });
      } else {
        checksum.add(opened.bytes, isEncrypted);
        values.push({ at, keys, value: opened, isEncrypted, leaf: node });
      }
    });
  }
  if (fault !== undefined) return refused(fault);
  for (const comment of strays) {
    comments.push({ document: 0, steps: [], comment, ...openComment(comment, [], true, dataKey) });
  }
  return done({ values, comments, oldComments, checksum: checksum.text() });
}

/** Bytes alone: a comment written as a value, which is no part of the checksum. */
function openValue(
  value: PlainValue,
  keys: readonly string[],
  dataKey: Uint8Array,
): PlainValue | Uint8Array | 'plain-value' | 'damaged-value' | 'foreign-value' {
  if (value.type !== 'str') return 'plain-value';
  const decrypted = decryptValue(textOf(value), dataKey, additionalDataOf(keys));
  if (decrypted.kind === 'value') return decrypted.value;
  return decrypted.kind === 'comment' ? decrypted.bytes : (`${decrypted.kind}-value` as const);
}

/** A comment that does not decrypt is taken as written, as SOPS does: older versions left them in clear. */
function openComment(
  comment: TreeComment,
  keys: readonly string[],
  isEncrypted: boolean,
  dataKey: Uint8Array,
): { readonly text: string; readonly encryptedAt: readonly string[] | undefined } {
  const clear = { text: comment.text, encryptedAt: undefined };
  if (!isEncrypted || comment.text === '') return clear;
  for (const encryptedAt of [keys, ...(comment.otherPaths ?? [])]) {
    const decrypted = decryptValue(comment.text, dataKey, additionalDataOf(encryptedAt));
    if (decrypted.kind === 'comment') return { text: Buffer.from(decrypted.bytes).toString('utf8'), encryptedAt };
    if (decrypted.kind !== 'foreign') return clear;
  }
  return clear;
}
