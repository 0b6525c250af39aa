import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type ValueType } from '../../../schemas/sops/value-types';
import { parseEncryptedValue } from '../../../server/sops/encrypted-value';
import { type PlainValue, readPlain } from './plain-value';

/** SOPS uses 32 bytes where 12 are customary; both ends take any length. */
const ivBytes = 32;

const gcm = 'aes-256-gcm';

/** Encrypts bytes as `ENC[AES256_GCM,…]`; the empty text stays empty, as in SOPS. */
export function encryptBytes(bytes: Uint8Array, type: ValueType, dataKey: Uint8Array, additionalData: string): string {
  if (bytes.length === 0) return '';
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(gcm, dataKey, iv).setAAD(Buffer.from(additionalData, 'utf8'));
  const data = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const parts = [data, iv, cipher.getAuthTag()].map((part) => part.toString('base64'));
  return `ENC[AES256_GCM,data:${parts[0] ?? ''},iv:${parts[1] ?? ''},tag:${parts[2] ?? ''},type:${type}]`;
}

/** What stands behind a ciphertext. `foreign`: another key, another place, or changed. */
export type Decrypted =
  | { readonly kind: 'value'; readonly value: PlainValue }
  | { readonly kind: 'comment'; readonly bytes: Uint8Array }
  | { readonly kind: 'plain' | 'damaged' | 'foreign' };

/** Decrypts one value; the empty text is the empty text. */
export function decryptValue(text: string, dataKey: Uint8Array, additionalData: string): Decrypted {
  if (text === '') return { kind: 'value', value: { type: 'str', bytes: new Uint8Array() } };
  const parsed = parseEncryptedValue(text);
  if (parsed.kind !== 'encrypted') return { kind: parsed.kind };
  let bytes: Uint8Array;
  try {
    const decipher = createDecipheriv(gcm, dataKey, Buffer.from(parsed.iv, 'base64'))
      .setAAD(Buffer.from(additionalData, 'utf8'))
      .setAuthTag(Buffer.from(parsed.tag, 'base64'));
    bytes = Buffer.concat([decipher.update(Buffer.from(parsed.data, 'base64')), decipher.final()]);
  } catch {
    return { kind: 'foreign' };
  }
  if (parsed.type === 'comment') return { kind: 'comment', bytes };
  const value = readPlain(parsed.type, bytes);
  return value === undefined ? { kind: 'damaged' } : { kind: 'value', value };
}

/** The additional data of a value: the keys that lead to it; list positions are not part of it. */
export function additionalDataOf(keys: readonly string[]): string {
  return `${keys.join(':')}:`;
}
