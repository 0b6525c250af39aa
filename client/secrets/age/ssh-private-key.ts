import { type Identity } from 'age-encryption';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SshEd25519Identity } from './ssh-ed25519';
import { SshRsaIdentity } from './ssh-rsa';
import { isUnlockable, type LockedSshKey, unlockSshKey } from './ssh-passphrase';
import { WireReader } from './ssh-wire';

export type SshKeyReading =
  | { readonly kind: 'identity'; readonly identity: Identity }
  /** It has a passphrase, and none or a wrong one was given; the public key in base64, where the file tells it. */
  | { readonly kind: 'locked'; readonly publicKey: string | undefined }
  | { readonly kind: 'unreadable' };

const openSsh = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END OPENSSH PRIVATE KEY-----/;
const magic = 'openssh-key-v1\0';

/** Reads a private key file of OpenSSH, PKCS #1 or PKCS #8: Ed25519 or RSA. Never throws. */
export function readSshPrivateKey(text: string, passphrase?: string): SshKeyReading {
  try {
    const body = openSsh.exec(text)?.[1];
    return body === undefined ? readPem(text, passphrase) : readOpenSsh(Buffer.from(body, 'base64'), passphrase);
  } catch {
    return { kind: 'unreadable' };
  }
}

function readPem(text: string, passphrase: string | undefined): SshKeyReading {
  if (!/ENCRYPTED/.test(text)) return identityOf(createPrivateKey(text));
  if (passphrase === undefined) return { kind: 'locked', publicKey: undefined };
  try {
    return identityOf(createPrivateKey({ key: text, passphrase }));
  } catch {
    return { kind: 'locked', publicKey: undefined };
  }
}

function identityOf(key: KeyObject): SshKeyReading {
  if (key.asymmetricKeyType === 'rsa') return { kind: 'identity', identity: new SshRsaIdentity(key) };
  if (key.asymmetricKeyType !== 'ed25519') return { kind: 'unreadable' };
  const { d = '' } = key.export({ format: 'jwk' });
  return { kind: 'identity', identity: new SshEd25519Identity(Buffer.from(d, 'base64url')) };
}

/** The format of ssh-keygen (openssh PROTOCOL.key): one key. */
function readOpenSsh(bytes: Buffer, passphrase: string | undefined): SshKeyReading {
  if (bytes.subarray(0, magic.length).toString('latin1') !== magic) return { kind: 'unreadable' };
  const outer = new WireReader(bytes.subarray(magic.length));
  const cipher = outer.text() ?? '';
  const derivation = outer.text() ?? '';
  const options = outer.string();
  const count = outer.uint32();
  const publicKey = outer.string()?.toString('base64');
  const secret = outer.string();
  if (secret === undefined || options === undefined || count !== 1) return { kind: 'unreadable' };
  if (cipher === 'none') return readSecret(secret) ?? { kind: 'unreadable' };
  const key: LockedSshKey = { cipher, derivation, options, secret, rest: outer.rest() };
  if (!isUnlockable(key)) return { kind: 'unreadable' };
  const unlocked = passphrase === undefined ? undefined : unlockSshKey(key, passphrase);
  return (unlocked && readSecret(unlocked)) ?? { kind: 'locked', publicKey };
}

/** undefined where the two check numbers differ, which is how a wrong passphrase shows. */
function readSecret(secret: Buffer): SshKeyReading | undefined {
  const inner = new WireReader(secret);
  const check = inner.uint32();
  if (check === undefined || check !== inner.uint32()) return undefined;
  const type = inner.text();
  if (type === 'ssh-ed25519') {
    inner.string();
    const pair = inner.string();
    if (pair?.length !== 64) return { kind: 'unreadable' };
    return { kind: 'identity', identity: new SshEd25519Identity(pair.subarray(0, 32)) };
  }
  if (type !== 'ssh-rsa') return { kind: 'unreadable' };
  const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => inner.number());
  if (n === undefined || e === undefined || d === undefined || qi === undefined || p === undefined || q === undefined) {
    return { kind: 'unreadable' };
  }
  return identityOf(createPrivateKey({ format: 'jwk', key: rsaJwk({ n, e, d, p, q, qi }) }));
}

function rsaJwk({
  n,
  e,
  d,
  p,
  q,
  qi,
}: Readonly<Record<'n' | 'e' | 'd' | 'p' | 'q' | 'qi', Buffer>>): Record<string, string> {
  const big = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
  const bytesOf = (value: bigint): Buffer => {
    const text = value.toString(16);
    return Buffer.from(text.padStart(text.length + (text.length % 2), '0'), 'hex');
  };
  const parts = { n, e, d, p, q, qi, dp: bytesOf(big(d) % (big(p) - 1n)), dq: bytesOf(big(d) % (big(q) - 1n)) };
  return Object.fromEntries([
    ['kty', 'RSA'],
    ...Object.entries(parts).map(([name, part]) => [name, part.toString('base64url')]),
  ]) as Record<string, string>;
}
