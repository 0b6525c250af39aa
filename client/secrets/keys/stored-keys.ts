import { identityToRecipient } from 'age-encryption';
import { readIdentities } from '../age/identity-file';
import { type KeyAttempt } from '../fault';
import { type KeyText } from './key-sources';

/** The editor's secret storage: it gives a value by its name, and cannot list names. */
export interface SecretStorage {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
}

/** What is known of a stored key without the key. */
export interface StoredKey {
  readonly id: string;
  readonly recipient: string;
  readonly label: string;
}

/** Where the list of stored keys is kept; it holds no secret. */
export interface StoredKeyIndex {
  read(): readonly StoredKey[];
  write(keys: readonly StoredKey[]): PromiseLike<void>;
}

const prefix = 'fluxwright.age-key.';

/** Keys the user put into the editor's secret storage. */
export class StoredKeys {
  constructor(
    private readonly storage: SecretStorage,
    private readonly index: StoredKeyIndex,
  ) {}

  list(): readonly StoredKey[] {
    return this.index.read();
  }

  /** Stores one age identity; undefined when the text is none, or is of a plug-in. One that is stored already gets the new label. */
  async add(text: string, label: string): Promise<StoredKey | undefined> {
    const { identities, plugins, unreadable } = readIdentities(text.trim(), true);
    const [identity] = identities;
    if (typeof identity !== 'string' || identities.length !== 1 || plugins > 0 || unreadable.length > 0)
      return undefined;
    const recipient = await recipientOf(identity);
    if (recipient === undefined) return undefined;
    const key: StoredKey = { id: recipient, recipient, label };
    await this.storage.store(prefix + key.id, identity);
    await this.index.write([...this.index.read().filter(({ id }) => id !== key.id), key]);
    return key;
  }

  async remove(id: string): Promise<void> {
    await this.storage.delete(prefix + id);
    await this.index.write(this.index.read().filter((key) => key.id !== id));
  }

  /** The stored identities, for a keyring. */
  async texts(): Promise<{ readonly texts: readonly KeyText[]; readonly attempts: readonly KeyAttempt[] }> {
    const texts: KeyText[] = [];
    const attempts: KeyAttempt[] = [];
    for (const { id, label } of this.index.read()) {
      const place = `key ${label} in the secret storage of the editor`;
      const text = await this.storage.get(prefix + id);
      if (text === undefined) attempts.push({ place, outcome: 'is gone' });
      else texts.push({ place, text, kind: 'age', severalPerLine: true });
    }
    return { texts, attempts };
  }
}

async function recipientOf(identity: string): Promise<string | undefined> {
  try {
    return await identityToRecipient(identity);
  } catch {
    return undefined;
  }
}
