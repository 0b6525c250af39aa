import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { type Identity, type Recipient, Stanza } from 'age-encryption';
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { rawBase64, sshTag, wireString } from './ssh-wire';

const type = 'ssh-ed25519';
const label = 'age-encryption.org/v1/ssh-ed25519';
const nonce = new Uint8Array(12);

// ChaCha20 and X25519 are those of noble, which age-encryption brings anyway: the editor's Node lacks the former.

const derive = (secret: Uint8Array, salt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, salt, label, 32));

/** The shared secret is bound to the SSH key, so that one key pair in two roles gives two secrets. */
const bindToKey = (shared: Uint8Array, wire: Uint8Array): Uint8Array =>
  x25519.getSharedSecret(derive(new Uint8Array(), wire), shared);

/** The public key in SSH's form. */
export function ed25519Wire(publicKey: Uint8Array): Buffer {
  return Buffer.concat([wireString(Buffer.from(type)), wireString(publicKey)]);
}

/** Encrypts for an SSH key (filippo.io/age agessh). @throws when the 32 bytes are no point of the curve */
export class SshEd25519Recipient implements Recipient {
  private readonly wire: Buffer;
  private readonly point: Uint8Array;

  constructor(publicKey: Uint8Array) {
    this.wire = ed25519Wire(publicKey);
    this.point = ed25519.utils.toMontgomery(publicKey);
  }

  wrapFileKey(fileKey: Uint8Array): Stanza[] {
    const ephemeral = randomBytes(32);
    const share = x25519.getPublicKey(ephemeral);
    const shared = bindToKey(x25519.getSharedSecret(ephemeral, this.point), this.wire);
    const key = derive(shared, Buffer.concat([share, this.point]));
    const body = chacha20poly1305(key, nonce).encrypt(fileKey);
    for (const secret of [ephemeral, shared, key]) secret.fill(0);
    return [new Stanza([type, sshTag(this.wire), rawBase64(share)], body)];
  }
}

/** Decrypts with an SSH key, given by its 32 secret bytes. */
export class SshEd25519Identity implements Identity {
  private readonly wire: Buffer;
  private readonly scalar: Uint8Array;
  private readonly point: Uint8Array;

  constructor(seed: Uint8Array) {
    this.wire = ed25519Wire(ed25519.getPublicKey(seed));
    this.scalar = createHash('sha512').update(seed).digest().subarray(0, 32);
    this.point = x25519.getPublicKey(this.scalar);
  }

  unwrapFileKey(stanzas: Stanza[]): Uint8Array | null {
    const tag = sshTag(this.wire);
    for (const { args, body } of stanzas) {
      if (args[0] !== type || args[1] !== tag) continue;
      const share = Buffer.from(args[2] ?? '', 'base64');
      if (args.length !== 3 || share.length !== 32) throw new Error('malformed stanza');
      const shared = bindToKey(x25519.getSharedSecret(this.scalar, share), this.wire);
      const key = derive(shared, Buffer.concat([share, this.point]));
      return chacha20poly1305(key, nonce).decrypt(body);
    }
    return null;
  }
}
