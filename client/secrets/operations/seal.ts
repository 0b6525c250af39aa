import { applyEdits, type DocumentEdit } from '../../../server/yaml/edit';
import { type Selector } from '../../../server/sops/selection';
import { done, type Outcome, refused, type SecretsFault } from '../fault';
import { type StoreFile } from '../stores/store';
import { Checksum } from '../values/checksum';
import { type PlainValue, textOf } from '../values/plain-value';
import { type TreeComment, type TreeLeaf } from '../values/tree';
import { additionalDataOf, encryptBytes } from '../values/value-cipher';
import { walk } from '../values/walk';
import { type KnownValues, plainOf } from './known-values';

/** How a text is brought to the state in which its rule wants it. */
export interface SealOptions {
  readonly selector: Selector;
  readonly dataKey: Uint8Array;
  readonly isMacOnlyEncrypted: boolean;
  /** What the ciphertexts in the text hold. */
  readonly known: KnownValues;
  /** False: every ciphertext is made anew, since the data key is another. */
  readonly keepsCiphertext: boolean;
  /** False: comments in clear stay so where they were so, as files of older versions have them. */
  readonly sealsComments: boolean;
  /** True: what was encrypted may be written in clear where the rule wants it so. */
  readonly mayExpose: boolean;
}

export interface Sealed {
  readonly text: string;
  readonly checksum: string;
  /** The values in their order, as they were sealed; for comparing with what is read back. */
  readonly values: readonly PlainValue[];
}

/**
 * Encrypts what the rule names and is not yet encrypted, and opens what it does not name (getsops/sops `Tree.Encrypt`). A ciphertext
 * at its own place stays as it is, byte by byte.
 */
export function seal(file: StoreFile, options: SealOptions): Outcome<Sealed> {
  const { selector, dataKey, isMacOnlyEncrypted, known } = options;
  const edits: DocumentEdit[] = [];
  const values: PlainValue[] = [];
  const checksum = new Checksum(isMacOnlyEncrypted);
  let fault: SecretsFault | undefined;
  const seen = (comments: readonly (readonly string[])[]): readonly (readonly string[])[] =>
    selector.usesComments && known.size > 0 ? clearComments(comments, known) : comments;
  for (const [document, { root }] of file.documents.entries()) {
    walk(root, ({ node, keys, steps, comments }) => {
      const isEncrypted = selector.isEncrypted(keys, seen(comments), node.kind === 'comment');
      if (node.kind === 'comment') {
        const sealed = sealComment(node, keys, isEncrypted, options);
        if (isEncrypted && selector.spoilsComments(sealed)) fault ??= { kind: 'unsupported', reason: spoiled };
        if (sealed !== node.text) edits.push(...node.write(sealed));
        return;
      }
      const value = plainOfLeaf(node, known);
      if (value === undefined) {
        edits.push(...sealOldComment(node, keys, options));
        return;
      }
      if (!isEncrypted && !options.mayExpose && wasEncrypted(node, known))
        fault ??= { kind: 'would-expose', at: { document, steps } };
      checksum.add(value.bytes, isEncrypted);
      values.push(value);
      edits.push(...sealLeaf(node, value, keys, isEncrypted, options));
    });
  }
  if (fault !== undefined) return refused(fault);
  const text = applyEdits(file.text, edits);
  return done({ text, checksum: checksum.text(), values });

  function sealOldComment(
    leaf: TreeLeaf,
    keys: readonly string[],
    { keepsCiphertext }: SealOptions,
  ): readonly DocumentEdit[] {
    const old = known.get(textOf(leaf.value));
    if (keepsCiphertext || old === undefined) return [];
    const text = encryptBytes(old.bytes, 'comment', dataKey, additionalDataOf(keys));
    return leaf.write({ type: 'str', bytes: Buffer.from(text, 'utf8') });
  }
}

const spoiled = 'its unencrypted_comment_regex matches encrypted comments, so that it could not be decrypted again';

/** Selections look at comments in clear. */
function clearComments(comments: readonly (readonly string[])[], known: KnownValues): readonly (readonly string[])[] {
  return comments.map((level) =>
    level.map((comment) => {
      const found = known.get(comment);
      return found?.type === 'comment' ? Buffer.from(found.bytes).toString('utf8') : comment;
    }),
  );
}

/** undefined for a comment that stands in a list as a value. */
function plainOfLeaf({ value }: TreeLeaf, known: KnownValues): PlainValue | undefined {
  const found = value.type === 'str' ? known.get(textOf(value)) : undefined;
  return found === undefined ? value : plainOf(found);
}

function wasEncrypted({ value }: TreeLeaf, known: KnownValues): boolean {
  const found = value.type === 'str' ? known.get(textOf(value)) : undefined;
  return found !== undefined && found.isNew !== true;
}

function sealLeaf(
  leaf: TreeLeaf,
  value: PlainValue,
  keys: readonly string[],
  isEncrypted: boolean,
  { known, dataKey, keepsCiphertext }: SealOptions,
): readonly DocumentEdit[] {
  const found = leaf.value.type === 'str' ? known.get(textOf(leaf.value)) : undefined;
  if (!isEncrypted) return found === undefined ? [] : leaf.write(value);
  if (found !== undefined && keepsCiphertext && sameKeys(found.keys, keys)) return [];
  if (value.type === 'str' && value.bytes.length === 0) return [];
  const text = encryptBytes(value.bytes, value.type, dataKey, additionalDataOf(keys));
  return leaf.write({ type: 'str', bytes: Buffer.from(text, 'utf8') });
}

function sealComment(
  comment: TreeComment,
  keys: readonly string[],
  isEncrypted: boolean,
  { known, dataKey, keepsCiphertext, sealsComments }: SealOptions,
): string {
  const found = known.get(comment.text);
  if (!isEncrypted) return found === undefined ? comment.text : Buffer.from(found.bytes).toString('utf8');
  if (found === undefined && !sealsComments) return comment.text;
  const isAtItsPlace =
    found !== undefined && [keys, ...(comment.otherPaths ?? [])].some((path) => sameKeys(path, found.keys));
  if (isAtItsPlace && keepsCiphertext) return comment.text;
  const bytes = found?.bytes ?? Buffer.from(comment.text, 'utf8');
  return encryptBytes(bytes, 'comment', dataKey, additionalDataOf(isAtItsPlace ? found.keys : keys));
}

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index]);
