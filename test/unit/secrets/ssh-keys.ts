import assert from 'node:assert/strict';
import { createCipheriv, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { ed25519Wire } from '../../../client/secrets/age/ssh-ed25519';
import { deriveSshBytes } from '../../../client/secrets/age/ssh-passphrase';
import { rsaWire } from '../../../client/secrets/age/ssh-rsa';
import { wireNumber, wireString } from '../../../client/secrets/age/ssh-wire';

/** An SSH key pair made for one test. */
export interface SshKey {
  /** As `ssh-keygen` writes it. */
  readonly openSsh: string;
  readonly pem: string;
  /** As `ssh-keygen` writes it behind a passphrase. */
  readonly lockedPem: (passphrase: string) => string;
  readonly locked: (passphrase: string) => string;
  /** As it stands in `authorized_keys`. */
  readonly publicKey: string;
}

const part = (key: KeyObject, name: string): Buffer => {
  const jwk = key.export({ format: 'jwk' }) as Readonly<Record<string, string>>;
  return Buffer.from(jwk[name] ?? '', 'base64url');
};

export function makeEd25519(): SshKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const [point, seed] = [part(privateKey, 'x'), part(privateKey, 'd')];
  const wire = ed25519Wire(point);
  const secret = [wireString(Buffer.from('ssh-ed25519')), wireString(point), wireString(Buffer.concat([seed, point]))];
  return keyOf('ssh-ed25519', wire, secret, privateKey);
}

export function makeRsa(bits = 2048): SshKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const numbers = ['n', 'e', 'd', 'qi', 'p', 'q'].map((name) => wireNumber(part(privateKey, name)));
  return keyOf('ssh-rsa', rsaWire(privateKey), [wireString(Buffer.from('ssh-rsa')), ...numbers], privateKey);
}

function keyOf(type: string, wire: Buffer, secret: readonly Buffer[], privateKey: KeyObject): SshKey {
  return {
    openSsh: openSshFile(wire, secret),
    lockedPem: (passphrase) =>
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString(),
    locked: (passphrase) => lockedFile(wire, secret, passphrase),
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: `${type} ${wire.toString('base64')} someone@somewhere`,
  };
}

function paddedSecret(secret: readonly Buffer[], block: number): Buffer {
  const check = randomBytes(4);
  const body = Buffer.concat([check, check, ...secret, wireString(Buffer.from('comment'))]);
  const padding = Array.from({ length: (block - (body.length % block)) % block }, (_, index) => index + 1);
  return Buffer.concat([body, Buffer.from(padding)]);
}

function lockedFile(wire: Buffer, secret: readonly Buffer[], passphrase: string): string {
  const salt = randomBytes(16);
  const rounds = Buffer.from([0, 0, 0, 2]);
  const derived = deriveSshBytes(passphrase, salt, 2, 48);
  assert.ok(derived);
  const cipher = createCipheriv('aes-256-ctr', derived.subarray(0, 32), derived.subarray(32));
  const sealed = Buffer.concat([cipher.update(paddedSecret(secret, 16)), cipher.final()]);
  return armored(wire, ['aes256-ctr', 'bcrypt'], Buffer.concat([wireString(salt), rounds]), sealed);
}

/** The file format of OpenSSH (PROTOCOL.key), without a cipher or as if with one. */
export function openSshFile(wire: Buffer, secret: readonly Buffer[], cipher = 'none'): string {
  const names = [cipher, cipher === 'none' ? 'none' : 'bcrypt'];
  return armored(wire, names, Buffer.alloc(0), paddedSecret(secret, 8));
}

function armored(wire: Buffer, names: readonly string[], options: Buffer, secret: Buffer): string {
  const one = Buffer.from([0, 0, 0, 1]);
  const parts = [...names.map((name) => wireString(Buffer.from(name))), wireString(options), one, wireString(wire)];
  const file = Buffer.concat([Buffer.from('openssh-key-v1\0'), ...parts, wireString(secret)]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}
