import { createHash, timingSafeEqual } from 'node:crypto';
import { decryptValue, encryptBytes } from './value-cipher';
import { textValue } from './plain-value';

/**
 * First bytes of the checksum of files whose clear values are left out of it, so that the two kinds never agree: SHA-256 of
 * "sops" (getsops/sops sops.go).
 */
const onlyEncryptedStart = createHash('sha256').update('sops').digest();

/** The checksum of a file: SHA-512 over the bytes of its values in their order; comments and null are left out. */
export class Checksum {
  private readonly hash = createHash('sha512');

  constructor(private readonly isOnlyEncrypted: boolean) {
    if (isOnlyEncrypted) this.hash.update(onlyEncryptedStart);
  }

  add(bytes: Uint8Array, isEncrypted: boolean): void {
    if (isEncrypted || !this.isOnlyEncrypted) this.hash.update(bytes);
  }

  /** Upper-case hexadecimal; the checksum ends with it. */
  text(): string {
    return this.hash.digest('hex').toUpperCase();
  }
}

/** The MAC as it stands in the stanza. */
export function sealChecksum(text: string, dataKey: Uint8Array, lastModified: string): string {
  return encryptBytes(textValue(text).bytes, 'str', dataKey, lastModified);
}

/** True when the MAC of the stanza is that of the values. */
export function isChecksum(mac: string, text: string, dataKey: Uint8Array, lastModified: string): boolean {
  const found = decryptValue(mac, dataKey, lastModified);
  if (mac === '' || found.kind !== 'value') return false;
  const expected = textValue(text).bytes;
  return found.value.bytes.length === expected.length && timingSafeEqual(found.value.bytes, expected);
}
