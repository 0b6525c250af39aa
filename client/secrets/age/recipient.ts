import { type Recipient } from 'age-encryption';
import { SshEd25519Recipient } from './ssh-ed25519';
import { rsaPublicKey, SshRsaRecipient } from './ssh-rsa';
import { WireReader } from './ssh-wire';

/** What a recipient's text is; `plugin`: only a plug-in program of age can encrypt for it. */
export type RecipientReading =
  | { readonly kind: 'recipient'; readonly recipient: string | Recipient }
  | { readonly kind: 'plugin' }
  | { readonly kind: 'unreadable'; readonly reason: string };

const native = /^age1(?:pq1|tag1|tagpq1)?[02-9ac-hj-np-z]+$/;

/** Reads a recipient as it stands in a stanza or rule: age, hybrid, SSH, or of a plug-in. */
export function readRecipient(text: string): RecipientReading {
  const trimmed = text.trim();
  if (native.test(trimmed)) return { kind: 'recipient', recipient: trimmed };
  if (/^age1[a-z0-9-]+1[02-9ac-hj-np-z]+$/.test(trimmed)) return { kind: 'plugin' };
  if (!trimmed.startsWith('ssh-')) return { kind: 'unreadable', reason: 'it is no age or SSH public key' };
  try {
    const recipient = readSshPublicKey(trimmed);
    if (recipient !== undefined) return { kind: 'recipient', recipient };
  } catch {
    // Bytes that are no point of the curve or no key: the same reason as all that is damaged.
  }
  return { kind: 'unreadable', reason: 'its SSH public key is damaged, too short, or neither Ed25519 nor RSA' };
}

/** `ssh-ed25519 AAAA… comment`. */
function readSshPublicKey(text: string): Recipient | undefined {
  const [type, body = ''] = text.split(/\s+/);
  const reader = new WireReader(Buffer.from(body, 'base64'));
  if (reader.text() !== type) return undefined;
  if (type === 'ssh-ed25519') {
    const key = reader.string();
    return key?.length === 32 ? new SshEd25519Recipient(key) : undefined;
  }
  if (type !== 'ssh-rsa') return undefined;
  const [exponent, modulus] = [reader.number(), reader.number()];
  const key = exponent && modulus && rsaPublicKey(exponent, modulus);
  return key && new SshRsaRecipient(key);
}
