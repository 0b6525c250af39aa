import { pbkdf } from 'bcrypt-pbkdf';
import { createDecipheriv, type DecipherGCM } from 'node:crypto';
import { WireReader } from './ssh-wire';

/** A private key of OpenSSH behind a passphrase. */
export interface LockedSshKey {
  readonly cipher: string;
  readonly derivation: string;
  /** Salt and rounds of the derivation. */
  readonly options: Buffer;
  readonly secret: Buffer;
  /** What stands behind the secret: the tag of ciphers that have one. */
  readonly rest: Buffer;
}

interface CipherForm {
  readonly name: string;
  readonly keyBytes: number;
  readonly ivBytes: number;
  readonly tagBytes: number;
}

/** Those that ssh-keygen offers with `-Z`, ChaCha20-Poly1305 and 3DES left out; the first is what it takes by itself. */
const ciphers: Readonly<Record<string, CipherForm>> = {
  'aes256-ctr': { name: 'aes-256-ctr', keyBytes: 32, ivBytes: 16, tagBytes: 0 },
  'aes192-ctr': { name: 'aes-192-ctr', keyBytes: 24, ivBytes: 16, tagBytes: 0 },
  'aes128-ctr': { name: 'aes-128-ctr', keyBytes: 16, ivBytes: 16, tagBytes: 0 },
  'aes256-cbc': { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16, tagBytes: 0 },
  'aes192-cbc': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16, tagBytes: 0 },
  'aes128-cbc': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16, tagBytes: 0 },
  'aes256-gcm@openssh.com': { name: 'aes-256-gcm', keyBytes: 32, ivBytes: 12, tagBytes: 16 },
  'aes128-gcm@openssh.com': { name: 'aes-128-gcm', keyBytes: 16, ivBytes: 12, tagBytes: 16 },
};

/** ssh-keygen takes 24 by itself. Far more are an attack on the time of the reader. */
const mostRounds = 2000;

/** True where the passphrase alone is missing: cipher and derivation are known. */
export const isUnlockable = ({ cipher, derivation }: LockedSshKey): boolean =>
  derivation === 'bcrypt' && ciphers[cipher] !== undefined;

/** Key bytes from a passphrase, as ssh-keygen derives them; undefined where either is empty. The caller overwrites them. */
export function deriveSshBytes(
  passphrase: string,
  salt: Uint8Array,
  rounds: number,
  length: number,
): Buffer | undefined {
  const derived = Buffer.alloc(length);
  const bytes = Buffer.from(passphrase, 'utf8');
  if (bytes.length === 0 || salt.length === 0) return undefined;
  const failed = pbkdf(bytes, bytes.length, salt, salt.length, derived, derived.length, rounds) !== 0;
  bytes.fill(0);
  return failed ? undefined : derived;
}

/** The secret part in clear (openssh PROTOCOL.key); garbage for a wrong passphrase, or undefined where that shows. */
export function unlockSshKey(key: LockedSshKey, passphrase: string): Buffer | undefined {
  const form = ciphers[key.cipher];
  const options = new WireReader(key.options);
  const salt = options.string();
  const rounds = options.uint32();
  if (form === undefined || !isUnlockable(key) || salt === undefined) return undefined;
  if (rounds === undefined || rounds < 1 || rounds > mostRounds) return undefined;
  const derived = deriveSshBytes(passphrase, salt, rounds, form.keyBytes + form.ivBytes);
  if (derived === undefined) return undefined;
  try {
    const [cipherKey, iv] = [derived.subarray(0, form.keyBytes), derived.subarray(form.keyBytes)];
    const decipher = createDecipheriv(form.name, cipherKey, iv);
    if (form.tagBytes > 0) (decipher as DecipherGCM).setAuthTag(key.rest.subarray(0, form.tagBytes));
    else decipher.setAutoPadding(false);
    return Buffer.concat([decipher.update(key.secret), decipher.final()]);
  } catch {
    return undefined;
  } finally {
    derived.fill(0);
  }
}
