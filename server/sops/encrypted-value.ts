import { type ValueType, valueTypes } from '../../schemas/sops/value-types';

/** The parts of `ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]`; data, iv and tag in base64. */
export interface EncryptedValue {
  readonly kind: 'encrypted';
  readonly data: string;
  readonly iv: string;
  readonly tag: string;
  readonly type: ValueType;
}

/** What a text is to SOPS: ciphertext, something that only looks like it, or neither. */
export type ValueReading =
  | EncryptedValue
  /** Begins like ciphertext but cannot be read; `part` says what is wrong. */
  | { readonly kind: 'damaged'; readonly part: 'form' | 'data' | 'iv' | 'tag' | 'type' }
  | { readonly kind: 'plain' };

/** Every ciphertext of SOPS begins so. */
export const encryptedPrefix = 'ENC[AES256_GCM,';

/** Standard base64 with padding. No expression with a repeated group: those run out of stack on megabytes. */
const isBase64 = (text: string): boolean =>
  text.length % 4 === 0 && text !== '' && !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ''));

const tagBytes = 16;

/**
 * Takes a value apart (getsops/sops aes/cipher.go). SOPS searches greedily and ignores what follows the last bracket; the
 * parts of what it writes hold no comma, so only that form is taken, and all else is `damaged`.
 */
export function parseEncryptedValue(text: string): ValueReading {
  if (!text.startsWith('ENC[')) return { kind: 'plain' };
  const damaged = (part: 'form' | 'data' | 'iv' | 'tag' | 'type'): ValueReading => ({ kind: 'damaged', part });
  if (!text.startsWith(encryptedPrefix) || !text.endsWith(']')) return damaged('form');
  const parts = text.slice(encryptedPrefix.length, -1).split(',');
  const [data, iv, tag, type] = ['data', 'iv', 'tag', 'type'].map((name, index) => {
    const part = parts[index];
    return part?.startsWith(`${name}:`) === true ? part.slice(name.length + 1) : undefined;
  });
  if (parts.length !== 4 || data === undefined || iv === undefined || tag === undefined || type === undefined) {
    return damaged('form');
  }
  if (!isBase64(data)) return damaged('data');
  if (!isBase64(iv)) return damaged('iv');
  if (!isBase64(tag) || Buffer.byteLength(tag, 'base64') !== tagBytes) return damaged('tag');
  const known = valueTypes.find((name) => name === type);
  return known === undefined ? damaged('type') : { kind: 'encrypted', data, iv, tag, type: known };
}

/** True when a text begins like a ciphertext of SOPS, damaged or not. */
export function looksEncrypted(text: string): boolean {
  return text.startsWith(encryptedPrefix);
}
