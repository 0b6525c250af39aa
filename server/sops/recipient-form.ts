import { readBech32 } from '../scalars/bech32';
import { type MasterKeyType } from './master-key';

const x25519Bytes = 32;
/** ML-KEM-768 and X25519 (filippo.io/age, hybrid recipients). */
const hybridBytes = 1216;

/**
 * What is wrong with the written form of a key that encrypts: a clause without capital letter and period, undefined when
 * SOPS takes it (getsops/sops age, pgp, kms, gcpkms, azkv, hcvault and hckms keysource.go).
 * @param text the recipient, fingerprint, ARN, resource, URL or id
 */
export function recipientFault(type: MasterKeyType, text: string): string | undefined {
  switch (type) {
    case 'age':
      return ageFault(text);
    case 'pgp':
      return /^(0x)?[0-9a-fA-F]{8,40}$/.test(text) ? undefined : 'it is no fingerprint of hexadecimal digits';
    case 'kms':
      return /^arn:aws[\w-]*:kms:.+:[0-9]+:(key|alias)\/.+$/.test(text) ? undefined : 'it is no ARN of a KMS key';
    case 'gcp_kms':
      return /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.test(text)
        ? undefined
        : 'it is no resource name like projects/…/locations/…/keyRings/…/cryptoKeys/…';
    case 'azure_kv':
      return /^https:\/\/[^/]+\/keys\/[^/]+(\/[^/]*)?$/.test(text)
        ? undefined
        : 'it is no address like https://….vault.azure.net/keys/…';
    case 'hc_vault':
      return /^\w[\w+.-]*:\/\/[^/]+\/v\d+\/[^/]+\/[^/]+\/[^/]+/.test(text)
        ? undefined
        : 'it is no address like https://…/v1/transit/keys/…';
    case 'hckms':
      return /^[^:]+:[0-9a-fA-F-]{36}$/.test(text) ? undefined : 'it is no key id like region:uuid';
  }
}

/** Hybrid recipients have about 2,000 characters. */
const longest = 8000;

/** A repository has few keys, and each stands in every file. */
const known = new Map<string, string | undefined>();

function ageFault(text: string): string | undefined {
  if (text.length > longest) return 'it is far too long';
  if (!known.has(text)) {
    if (known.size >= 1000) known.clear();
    known.set(text, findAgeFault(text));
  }
  return known.get(text);
}

function findAgeFault(text: string): string | undefined {
  if (text.startsWith('ssh-')) return sshFault(text);
  if (text.startsWith('AGE-SECRET-KEY-')) return 'it is the private key, and not its recipient';
  if (!text.startsWith('age1')) return 'it starts with neither age1 nor ssh-';
  const read = readBech32(text);
  if (read === undefined) return 'its characters or its checksum are wrong';
  if (read.prefix === 'age') return read.byteLength === x25519Bytes ? undefined : 'it has the wrong length';
  if (read.prefix === 'age1pq') return read.byteLength === hybridBytes ? undefined : 'it has the wrong length';
  // A plug-in decides about the rest.
  return undefined;
}

/** `type base64 comment`, where the first field inside is the type again. */
function sshFault(text: string): string | undefined {
  const [type = '', key = ''] = text.split(/\s+/);
  if (type !== 'ssh-ed25519' && type !== 'ssh-rsa') return `age cannot encrypt for keys of type ${type}`;
  const bytes = Buffer.from(key, 'base64');
  const length = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  return bytes.subarray(4, 4 + length).toString('latin1') === type ? undefined : 'it is no SSH public key';
}
