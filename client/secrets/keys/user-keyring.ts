import { type Identity } from 'age-encryption';
import { type MasterKey } from '../../../server/sops/master-key';
import { unwrapWithIdentities } from '../age/wrap-key';
import { type Keyring } from '../data-key/keyring';
import { type KeyAttempt } from '../fault';
import { loadIdentities, type LockedText, unlockIdentities } from './identities';
import { type KeyText, readKeyTexts, runKeyCommands } from './key-sources';
import { type KeyWorld } from './key-world';
import { type StoredKeys } from './stored-keys';

/**
 * The age keys of this machine and user: variables, files, the editor's secret storage, and commands. Read when first needed, kept
 * until the keyring is dropped.
 */
export class UserKeyring implements Keyring {
  private loaded: Promise<void> | undefined;
  private readonly identities: (string | Identity)[] = [];
  private found: KeyAttempt[] = [];
  private locked: LockedText[] = [];
  private readonly askedFor = new Set<string>();

  constructor(
    private readonly world: KeyWorld,
    private readonly stored: StoredKeys | undefined,
  ) {}

  attempts(): readonly KeyAttempt[] {
    return this.found;
  }

  async unwrap(key: MasterKey): Promise<Uint8Array | undefined> {
    if (key.type !== 'age') return undefined;
    await (this.loaded ??= this.load());
    const known = await unwrapWithIdentities(key.encryptedDataKey, this.identities);
    if (known !== undefined) return known;
    if (!this.askedFor.has(key.recipient)) {
      this.askedFor.add(key.recipient);
      const count = this.identities.length;
      this.take(await runKeyCommands(this.world, key.recipient));
      const asked = await unwrapWithIdentities(key.encryptedDataKey, this.identities.slice(count));
      if (asked !== undefined) return asked;
    }
    return this.unwrapUnlocked(key.encryptedDataKey, key.recipient);
  }

  private async load(): Promise<void> {
    this.take(await readKeyTexts(this.world));
    if (this.stored !== undefined) this.take(await this.stored.texts());
  }

  private take({ texts, attempts }: { texts: readonly KeyText[]; attempts: readonly KeyAttempt[] }): void {
    const loaded = loadIdentities(texts);
    this.identities.push(...loaded.identities);
    this.found.push(...attempts, ...loaded.attempts);
    this.locked.push(...loaded.locked);
  }

  /** Asks for each passphrase once; one that is wrong or not given is not asked for again by this keyring. */
  private async unwrapUnlocked(encrypted: string, recipient: string): Promise<Uint8Array | undefined> {
    for (const one of this.locked.filter(({ mayFit }) => mayFit(recipient))) {
      const { text } = one;
      this.locked = this.locked.filter((other) => other !== one);
      this.found = this.found.filter(({ place }) => place !== text.place);
      const passphrase = await this.world.askPassphrase(text.place);
      const identities = passphrase === undefined ? undefined : await unlockIdentities(text, passphrase);
      const outcome = passphrase === undefined ? 'no passphrase given' : 'wrong passphrase';
      this.found.push({ place: text.place, outcome: identities === undefined ? outcome : 'its keys do not fit' });
      if (identities === undefined) continue;
      this.identities.push(...identities);
      const key = await unwrapWithIdentities(encrypted, identities);
      if (key !== undefined) return key;
    }
    return undefined;
  }
}
