import { type JsonObject } from '../../../server/model/json';
import { readMetadata, type SopsMetadata } from '../../../server/sops/metadata';
import { isTolerated } from '../../../server/sops/metadata-fault';
import { type Selector, selectorOf } from '../../../server/sops/selection';
import { type StoreFormat } from '../../../server/sops/store-format';
import { done, type Outcome, refused } from '../fault';
import { readStoreFile } from '../stores/read-file';
import { type StoreFile } from '../stores/store';
import { isChecksum } from '../values/checksum';
import { type DecryptedTree, decryptTree } from '../values/decrypt-tree';

/** An encrypted file that was read, but not opened: all of it can be told without a key. */
export interface EncryptedFile {
  readonly format: StoreFormat;
  readonly file: StoreFile;
  readonly stanza: JsonObject;
  readonly metadata: SopsMetadata;
  readonly selector: Selector;
}

/** A file whose values are in memory in clear. Close it with {@link closeFile}. */
export interface OpenedFile extends EncryptedFile {
  readonly dataKey: Uint8Array;
  readonly tree: DecryptedTree;
  /** False only when it was asked to look at a file whose checksum is wrong: it cannot be saved. */
  readonly isVerified: boolean;
}

/** Reads an encrypted file without any key. */
export function readEncrypted(text: string, format: StoreFormat): Outcome<EncryptedFile> {
  const file = readStoreFile(text, format);
  if (!file.ok) return file;
  const stanza = file.value.documents[0]?.stanza;
  if (stanza === undefined) return refused({ kind: 'not-encrypted' });
  const { metadata, faults } = readMetadata(stanza);
  const fatal = faults.filter((fault) => !isTolerated(fault));
  if (fatal.length > 0 || !(stanza instanceof Map)) return refused({ kind: 'bad-metadata', faults: fatal });
  const selector = selectorOf(metadata.selection);
  if (selector === undefined) return refused({ kind: 'unknown-pattern', field: metadata.selection.by });
  return done({ format, file: file.value, stanza: stanza as JsonObject, metadata, selector });
}

/**
 * Opens a file with its data key. A wrong checksum refuses, unless `lookOnly`: then the result is not verified and cannot be
 * saved. Takes the key over on success.
 */
export function openWithDataKey(encrypted: EncryptedFile, dataKey: Uint8Array, lookOnly = false): Outcome<OpenedFile> {
  const { file, metadata, selector } = encrypted;
  const roots = file.documents.map(({ root }) => root);
  const strays = (file.strays ?? []).map(({ comment }) => comment);
  const tree = decryptTree(roots, strays, selector, dataKey, metadata.isMacOnlyEncrypted);
  if (!tree.ok) return tree;
  const isVerified = isChecksum(metadata.mac, tree.value.checksum, dataKey, metadata.lastModified ?? '');
  const opened: OpenedFile = { ...encrypted, dataKey, tree: tree.value, isVerified };
  if (isVerified || lookOnly) return done(opened);
  closeFile({ ...opened, dataKey: new Uint8Array() });
  return refused({ kind: 'wrong-mac' });
}

/**
 * Overwrites the data key and the values. What was shown as text, and copies the runtime made, cannot be overwritten: they go
 * with the garbage collection.
 */
export function closeFile({ dataKey, tree }: OpenedFile): void {
  dataKey.fill(0);
  for (const { value } of tree.values) value.bytes.fill(0);
  for (const { bytes } of tree.oldComments) bytes.fill(0);
}
