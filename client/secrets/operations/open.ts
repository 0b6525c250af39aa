import { type StoreFormat } from '../../../server/sops/store-format';
import { type KeyAccess } from '../data-key/keyring';
import { recoverDataKey } from '../data-key/recover';
import { type Outcome } from '../fault';
import { type OpenedFile, openWithDataKey, readEncrypted } from './opened-file';

/**
 * Opens an encrypted file in memory.
 * @param lookOnly opens also where the checksum is wrong; the result then cannot be saved
 */
export async function openEncrypted(
  text: string,
  format: StoreFormat,
  access: KeyAccess,
  lookOnly = false,
): Promise<Outcome<OpenedFile>> {
  const encrypted = readEncrypted(text, format);
  if (!encrypted.ok) return encrypted;
  const dataKey = await recoverDataKey(encrypted.value.metadata, encrypted.value.stanza, access);
  if (!dataKey.ok) return dataKey;
  const opened = openWithDataKey(encrypted.value, dataKey.value, lookOnly);
  if (!opened.ok) dataKey.value.fill(0);
  return opened;
}
