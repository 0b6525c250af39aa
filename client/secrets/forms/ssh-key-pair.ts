import { generateKeyPairSync } from 'node:crypto';

/** A new Ed25519 key for Git over SSH: the private key in PKCS #8, which Go's ssh package reads, the public one in a line. */
export function newSshKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const wire = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(spki.subarray(-32))]);
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: `ssh-ed25519 ${wire.toString('base64')}\n`,
  };
}

/** A string of the SSH wire format (RFC 4251): its length, and the bytes. */
function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
