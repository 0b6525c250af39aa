import { type StoreFormat } from '../../../server/sops/store-format';
import { applyEdits, type DocumentEdit } from '../../../server/yaml/edit';
import { type Outcome, refused, type SecretsFault } from '../fault';
import { readStoreFile } from '../stores/read-file';
import { type StoreFile } from '../stores/store';
import { sealChecksum } from '../values/checksum';
import { equalPlain, type PlainValue } from '../values/plain-value';
import { type OpenedFile, openWithDataKey, readEncrypted } from './opened-file';
import { type Sealed } from './seal';

/** What a file is written with: its format, its data key, and the time as RFC 3339. */
interface Writing {
  readonly format: StoreFormat;
  readonly dataKey: Uint8Array;
  readonly now: string;
}

/**
 * The file of sealed values: with their checksum and the time in its stanza, read back and compared with what was meant.
 *
 * @param stanza the edits that put these fields into the stanza of the file, or write it anew with them
 * @returns the fault `not-verified` when what is read back is anything else; takes a copy of the data key
 */
export function finished(
  sealed: Sealed,
  { format, dataKey, now }: Writing,
  stanza: (body: StoreFile, fields: ReadonlyMap<string, string>) => readonly DocumentEdit[],
): Outcome<OpenedFile> {
  const body = readStoreFile(sealed.text, format);
  if (!body.ok) return refused({ kind: 'not-verified' });
  const fields = new Map([
    ['lastmodified', now],
    ['mac', sealChecksum(sealed.checksum, dataKey, now)],
  ]);
  const text = applyEdits(body.value.text, stanza(body.value, fields));
  return verified(text, format, dataKey, sealed.values);
}

/** Opens what was written, and compares it with what was meant; takes a copy of the data key. */
export function verified(
  text: string,
  format: StoreFormat,
  dataKey: Uint8Array,
  values: readonly PlainValue[],
): Outcome<OpenedFile> {
  const notVerified: SecretsFault = { kind: 'not-verified' };
  const encrypted = readEncrypted(text, format);
  if (!encrypted.ok) return refused(notVerified);
  const opened = openWithDataKey(encrypted.value, Uint8Array.from(dataKey));
  if (!opened.ok) return refused(notVerified);
  const found = opened.value.tree.values.map(({ value }) => value);
  return samePlain(found, values) ? opened : refused(notVerified);
}

/** True for the same values in the same order. */
export function samePlain(found: readonly PlainValue[], meant: readonly PlainValue[]): boolean {
  return (
    found.length === meant.length &&
    found.every((value, index) => {
      const other = meant[index];
      return other !== undefined && equalPlain(value, other);
    })
  );
}
