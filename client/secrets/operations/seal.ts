import { applyEdits, type DocumentEdit } from '../../../server/yaml/edit';
import { type ValueType } from '../../../schemas/sops/value-types';
import { type Selector } from '../../../server/sops/selection';
import { done, type Outcome, refused, type SecretsFault } from '../fault';
import { readStoreFile } from '../stores/read-file';
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

/** How often a text is sealed again when its comments came to belong elsewhere; after the first time lines stay as they are. */
const mostRounds = 5;

/**
 * Encrypts what the rule names and is not yet encrypted, and opens what it does not name (getsops/sops `Tree.Encrypt`). A ciphertext
 * at its own place stays as it is, byte by byte.
 *
 * Values change their lines and quotes by it, and who reads the result goes by the comments that stand there then. So the text is
 * read again, and sealed again, until it is what its own comments say.
 */
export function seal(file: StoreFile, options: SealOptions): Outcome<Sealed> {
  const known = new Map(options.known);
  const fresh = new Set<string>();
  let sealed = sealOnce(file, { ...options, known, fresh });
  let before = file.text;
  for (let round = 0; round < mostRounds; round++) {
    if (!sealed.ok || sealed.value.text === before || file.format !== 'yaml' || !before.includes('#')) return sealed;
    before = sealed.value.text;
    const next = readStoreFile(before, file.format);
    if (!next.ok) return refused({ kind: 'not-verified' });
    sealed = sealOnce(next.value, { ...options, known, fresh, keepsCiphertext: true });
  }
  return refused({ kind: 'unsupported', reason: 'its comments belong elsewhere each time that values are encrypted' });
}

interface RoundOptions extends SealOptions {
  readonly known: KnownValues;
  /** Ciphertexts that were made by this sealing. */
  readonly fresh: Set<string>;
}

function sealOnce(file: StoreFile, options: RoundOptions): Outcome<Sealed> {
  const { selector, isMacOnlyEncrypted, known } = options;
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
        if (!isEncrypted) fault ??= { kind: 'unsupported', reason: strandedComment, at: { document, steps } };
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
  for (const { comment, keys } of file.strays ?? []) {
    const isEncrypted = selector.isEncrypted(keys, seen([[comment.text]]), true);
    const sealed = sealComment(comment, [], isEncrypted, options);
    if (sealed !== comment.text) edits.push(...comment.write(sealed));
  }
  if (fault !== undefined) return refused(fault);
  const text = applyEdits(file.text, edits);
  return done({ text, checksum: checksum.text(), values });
}

function sealOldComment(leaf: TreeLeaf, keys: readonly string[], options: RoundOptions): readonly DocumentEdit[] {
  const old = options.known.get(textOf(leaf.value));
  if (options.keepsCiphertext || old === undefined) return [];
  const text = encryptFresh(old.bytes, 'comment', keys, options);
  return leaf.write({ type: 'str', bytes: Buffer.from(text, 'utf8') });
}

/** A new ciphertext, which later rounds know. */
function encryptFresh(
  bytes: Uint8Array,
  type: ValueType,
  keys: readonly string[],
  { dataKey, known, fresh }: RoundOptions,
): string {
  const text = encryptBytes(bytes, type, dataKey, additionalDataOf(keys));
  known.set(text, { type, bytes, keys });
  fresh.add(text);
  return text;
}

const strandedComment =
  'it is a comment that SOPS wrote as an item of its list, and a comment above would now make it an item in clear';

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
  options: RoundOptions,
): readonly DocumentEdit[] {
  const { known, keepsCiphertext } = options;
  const found = leaf.value.type === 'str' ? known.get(textOf(leaf.value)) : undefined;
  if (!isEncrypted) return found === undefined ? [] : leaf.write(value);
  if (found !== undefined && keepsCiphertext && sameKeys(found.keys, keys)) return [];
  if (value.type === 'str' && value.bytes.length === 0) return [];
  const text = encryptFresh(value.bytes, value.type, keys, options);
  return leaf.write({ type: 'str', bytes: Buffer.from(text, 'utf8') });
}

function sealComment(
  comment: TreeComment,
  keys: readonly string[],
  isEncrypted: boolean,
  options: RoundOptions,
): string {
  const { known, fresh, keepsCiphertext, sealsComments } = options;
  const found = known.get(comment.text);
  if (!isEncrypted) return found === undefined ? comment.text : Buffer.from(found.bytes).toString('utf8');
  if (found === undefined && !sealsComments) return comment.text;
  if (comment.text === '') return '';
  // Those that were in the file may stand where they were not made for: editors move lines.
  const places = fresh.has(comment.text) ? [keys] : [keys, ...(comment.otherPaths ?? [])];
  const isAtItsPlace = found !== undefined && places.some((path) => sameKeys(path, found.keys));
  if (isAtItsPlace && keepsCiphertext) return comment.text;
  const bytes = found?.bytes ?? Buffer.from(comment.text, 'utf8');
  return encryptFresh(bytes, 'comment', isAtItsPlace ? found.keys : keys, options);
}

const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, index) => key === b[index]);
