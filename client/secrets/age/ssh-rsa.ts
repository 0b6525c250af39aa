import { type Identity, type Recipient, Stanza } from 'age-encryption';
import { constants, createPublicKey, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import { sshTag, wireNumber, wireString } from './ssh-wire';

const type = 'ssh-rsa';
const padding = {
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: 'sha256',
  oaepLabel: Buffer.from('age-encryption.org/v1/ssh-rsa'),
};

/** Keys below this are refused, as age refuses them. */
const smallestBits = 2048;

/** The public key in SSH's form. */
export function rsaWire(key: KeyObject): Buffer {
  const { e = '', n = '' } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' }) as {
    e?: string;
    n?: string;
  };
  const numbers = [e, n].map((part) => wireNumber(Buffer.from(part, 'base64url')));
  return Buffer.concat([wireString(Buffer.from(type)), ...numbers]);
}

/** The public key of an exponent and a modulus; undefined when it is too short. */
export function rsaPublicKey(exponent: Uint8Array, modulus: Uint8Array): KeyObject | undefined {
  const [e, n] = [exponent, modulus].map((part) => Buffer.from(part).toString('base64url'));
  const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: e ?? '', n: n ?? '' } });
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) < smallestBits ? undefined : key;
}

/** Encrypts for an SSH key (filippo.io/age agessh). */
export class SshRsaRecipient implements Recipient {
  private readonly wire: Buffer;

  constructor(private readonly key: KeyObject) {
    this.wire = rsaWire(key);
  }

  wrapFileKey(fileKey: Uint8Array): Stanza[] {
    return [new Stanza([type, sshTag(this.wire)], publicEncrypt({ key: this.key, ...padding }, fileKey))];
  }
}

/** Decrypts with an SSH key. */
export class SshRsaIdentity implements Identity {
  private readonly wire: Buffer;

  constructor(private readonly key: KeyObject) {
    this.wire = rsaWire(key);
  }

  unwrapFileKey(stanzas: Stanza[]): Uint8Array | null {
    const tag = sshTag(this.wire);
    const own = stanzas.find(({ args }) => args[0] === type && args[1] === tag);
    return own === undefined ? null : privateDecrypt({ key: this.key, ...padding }, own.body);
  }
}
