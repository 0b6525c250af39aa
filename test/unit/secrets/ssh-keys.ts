import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { ed25519Wire } from '../../../client/secrets/age/ssh-ed25519';
import { rsaWire } from '../../../client/secrets/age/ssh-rsa';
import { wireNumber, wireString } from '../../../client/secrets/age/ssh-wire';

/** An SSH key pair made for one test. */
export interface SshKey {
  /** As `ssh-keygen` writes it. */
  readonly openSsh: string;
  readonly pem: string;
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
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: `${type} ${wire.toString('base64')} someone@somewhere`,
  };
}

/** The file format of OpenSSH (PROTOCOL.key), without a cipher or as if with one. */
export function openSshFile(wire: Buffer, secret: readonly Buffer[], cipher = 'none'): string {
  const check = randomBytes(4);
  const body = Buffer.concat([check, check, ...secret, wireString(Buffer.from('comment'))]);
  const padding = Buffer.from(Array.from({ length: (8 - (body.length % 8)) % 8 }, (_, index) => index + 1));
  const one = Buffer.from([0, 0, 0, 1]);
  const text = (value: string): Buffer => wireString(Buffer.from(value));
  const parts = [text(cipher), text(cipher === 'none' ? 'none' : 'bcrypt'), text(''), one, wireString(wire)];
  const file = Buffer.concat([Buffer.from('openssh-key-v1\0'), ...parts, wireString(Buffer.concat([body, padding]))]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}
