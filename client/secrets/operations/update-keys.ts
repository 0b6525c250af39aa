import { applyEdits } from '../../../server/yaml/edit';
import { compareKeys, type KeyGroups, type KeyName, nameOfKey } from '../data-key/key-name';
import { type SopsBridge } from '../data-key/keyring';
import { wrapDataKey } from '../data-key/wrap';
import { done, type Outcome } from '../fault';
import { type OpenedFile } from './opened-file';
import { verified } from './finished';
import { withKeys } from './stanza';

export interface UpdatedKeys {
  readonly file: OpenedFile;
  readonly added: readonly KeyName[];
  /** Those who hold them had the data key and keep it: only a rotation, and new values at their origin, shut them out. */
  readonly removed: readonly KeyName[];
}

/**
 * Encrypts the same data key for other keys (`sops updatekeys`); values, `lastmodified` and `mac` stay, and so does what is encrypted
 * for keys that stay in a single group.
 */
export async function updateKeys(
  opened: OpenedFile,
  wanted: KeyGroups,
  bridge: SopsBridge | undefined,
): Promise<Outcome<UpdatedKeys>> {
  const { keyGroups } = opened.metadata;
  const isSingle = keyGroups.length === 1 && wanted.groups.length === 1;
  const keys = await wrapDataKey(opened.dataKey, wanted, bridge, isSingle ? keyGroups[0] : []);
  if (!keys.ok) return keys;
  const stanza = withKeys(opened.stanza, keys.value);
  const text = applyEdits(opened.file.text, opened.file.writeStanza(stanza, undefined));
  const values = opened.tree.values.map(({ value }) => value);
  const file = verified(text, opened.format, opened.dataKey, values);
  if (!file.ok) return file;
  const before = keyGroups.map((group) => group.map(nameOfKey));
  return done({ file: file.value, ...compareKeys(before, wanted.groups) });
}
