import { armor, Decrypter, type Identity } from 'age-encryption';
import { isLocked, readIdentities } from '../age/identity-file';
import { readSshPrivateKey } from '../age/ssh-private-key';
import { type KeyAttempt } from '../fault';
import { type KeyText } from './key-sources';

/** Identities in memory, ready for use. */
export interface LoadedIdentities {
  readonly identities: readonly (string | Identity)[];
  readonly attempts: readonly KeyAttempt[];
  /** Texts behind a passphrase, to be asked for only when nothing else opens the file. */
  readonly locked: readonly LockedText[];
}

/** A text behind a passphrase. */
export interface LockedText {
  readonly text: KeyText;
  /** Whether its key may be that of a recipient: nobody is asked for the passphrase of an SSH key that a file does not name. */
  readonly mayFit: (recipient: string) => boolean;
}

/** Reads what the texts hold. */
export function loadIdentities(texts: readonly KeyText[]): LoadedIdentities {
  const identities: (string | Identity)[] = [];
  const attempts: KeyAttempt[] = [];
  const locked: LockedText[] = [];
  for (const text of texts) {
    if (text.kind === 'ssh') {
      const reading = readSshPrivateKey(text.text);
      if (reading.kind === 'identity') identities.push(reading.identity);
      else if (reading.kind === 'locked') locked.push({ text, mayFit: sshFits(reading.publicKey) });
      attempts.push({ place: text.place, outcome: sshOutcomes[reading.kind] });
    } else if (isLocked(text.text)) locked.push({ text, mayFit: () => true });
    else {
      const found = readIdentities(text.text, text.severalPerLine);
      identities.push(...found.identities);
      attempts.push({ place: text.place, outcome: outcomeOf(found.identities.length, found) });
    }
  }
  return { identities, attempts, locked };
}

const sshOutcomes = {
  identity: 'its key does not fit',
  locked: 'its key has a passphrase, and is none of the recipients',
  unreadable: 'is no Ed25519 or RSA private key',
} as const;

const sshFits =
  (publicKey: string | undefined) =>
  (recipient: string): boolean =>
    publicKey === undefined ? recipient.startsWith('ssh-') : recipient.split(/\s+/)[1] === publicKey;

function outcomeOf(count: number, { plugins, unreadable }: ReturnType<typeof readIdentities>): string {
  const [line] = unreadable;
  if (line !== undefined) return `line ${line} is no identity`;
  const parts = [count === 0 ? 'no key' : count === 1 ? 'its key does not fit' : `none of its ${count} keys fits`];
  if (plugins > 0) parts.push('identities of plug-ins need the sops program');
  return parts.join('; ');
}

/** Opens a text with its passphrase; undefined when it is wrong or the text is damaged. */
export async function unlockIdentities(
  { text, kind }: KeyText,
  passphrase: string,
): Promise<readonly (string | Identity)[] | undefined> {
  if (kind === 'ssh') {
    const reading = readSshPrivateKey(text, passphrase);
    return reading.kind === 'identity' ? [reading.identity] : undefined;
  }
  try {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    const file = text.startsWith('-----BEGIN') ? armor.decode(text) : Buffer.from(text, 'latin1');
    return readIdentities(await decrypter.decrypt(file, 'text'), false).identities;
  } catch {
    return undefined;
  }
}
