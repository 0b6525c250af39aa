import { Encrypter, armor, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type KeyName } from '../../../client/secrets/data-key/key-name';
import { type KeyAccess } from '../../../client/secrets/data-key/keyring';
import { type KeyWorld } from '../../../client/secrets/keys/key-world';
import { UserKeyring } from '../../../client/secrets/keys/user-keyring';
import { encryptFile, type EncryptionRule } from '../../../client/secrets/operations/encrypt';
import { type OpenedFile } from '../../../client/secrets/operations/opened-file';
import { type Outcome } from '../../../client/secrets/fault';
import { type StoreFormat } from '../../../server/sops/store-format';

/** An age key made for one test. */
export interface AgeKey {
  readonly identity: string;
  readonly key: KeyName;
}

export async function makeAgeKey(): Promise<AgeKey> {
  const identity = await generateX25519Identity();
  return { identity, key: { type: 'age', name: await identityToRecipient(identity) } };
}

/** A machine with nothing on it but what is given. */
export function worldOf(parts: Partial<KeyWorld> = {}): KeyWorld {
  return {
    platform: 'linux',
    environment: {},
    homeDirectory: '/home/someone',
    readFile: () => Promise.resolve(undefined),
    runProgram: undefined,
    askPassphrase: () => Promise.resolve(undefined),
    ...parts,
  };
}

/** Access with identities in the variable SOPS_AGE_KEY. */
export function accessOf(...identities: readonly string[]): KeyAccess {
  const environment = { SOPS_AGE_KEY: identities.join('\n') };
  return { keyring: new UserKeyring(worldOf({ environment }), undefined), bridge: undefined };
}

export const now = '2026-03-01T10:00:00Z';

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.fault));
  return outcome.value;
}

export async function encrypted(
  content: string | Uint8Array,
  format: StoreFormat,
  rule: EncryptionRule,
): Promise<OpenedFile> {
  return must(await encryptFile(content, format, rule, undefined, now));
}

/** An identity file behind a passphrase; the work factor is low, since tests do not guard anything. */
export async function locked(text: string, passphrase: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(4);
  return armor.encode(await encrypter.encrypt(text));
}
