import { armor, Decrypter, Encrypter, type Identity } from 'age-encryption';
import { done, type Outcome, refused } from '../fault';
import { readRecipient } from './recipient';

/** The data key (or a share of it) encrypted for one recipient, armored as it stands in a stanza. */
export async function wrapForRecipient(dataKey: Uint8Array, recipient: string): Promise<Outcome<string>> {
  const reading = readRecipient(recipient);
  const bad = (reason: string): Outcome<string> => refused({ kind: 'bad-recipient', recipient, reason });
  if (reading.kind === 'plugin') return bad('it belongs to a plug-in of age, for which the sops program is needed');
  if (reading.kind === 'unreadable') return bad(reading.reason);
  try {
    const encrypter = new Encrypter();
    encrypter.addRecipient(reading.recipient);
    return done(armor.encode(await encrypter.encrypt(dataKey)));
  } catch {
    return bad('its text is damaged');
  }
}

/** undefined: none of the identities is meant, or the text is damaged. */
export async function unwrapWithIdentities(
  encrypted: string,
  identities: readonly (string | Identity)[],
): Promise<Uint8Array | undefined> {
  if (identities.length === 0) return undefined;
  try {
    const decrypter = new Decrypter();
    for (const identity of identities) decrypter.addIdentity(identity);
    return await decrypter.decrypt(armor.decode(encrypted));
  } catch {
    // What the library says may quote what it was given.
    return undefined;
  }
}
