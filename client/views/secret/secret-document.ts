import * as vscode from 'vscode';
import { storeFormatOf, type StoreFormat } from '../../../server/sops/store-format';
import type * as Secrets from '../../secrets/secrets';
import { type SecretBackup } from './secret-backup';
import { nearestConfig, pathInRoot, readText, writeText } from './secret-files';
import { type SecretHost } from './secret-host';

/** What can be shown of a file: only why it is shut, or its values. */
export type SecretState =
  | {
      readonly kind: 'sealed';
      readonly reason: string;
      readonly attempts: readonly Secrets.KeyAttempt[];
      /** What can be told without a key. */
      readonly encrypted: Secrets.EncryptedFile | undefined;
      /** Its checksum is wrong: it may be looked at when the user insists. */
      readonly canLook: boolean;
    }
  | { readonly kind: 'open'; readonly secret: Secrets.EditedSecret; readonly isReadOnly: boolean };

const untrusted: SecretState = {
  kind: 'sealed',
  reason: 'This workspace is not trusted, so nothing in it is decrypted.',
  attempts: [],
  encrypted: undefined,
  canLook: false,
};

/** An encrypted file in the editor. All of its plain text is in the memory of this process. */
export class SecretDocument implements vscode.CustomDocument {
  state: SecretState = untrusted;
  config: Secrets.ConfigText | undefined;
  /** Grows when the file is read anew: edits of before cannot be undone any more. */
  generation = 0;
  /** The file's text on disk when it was last read or written; undefined where it was not there. */
  private base: string | undefined;
  /** The text it was opened with. */
  private loaded = '';
  private turn: Promise<void> = Promise.resolve();
  hasChangedOnDisk = false;
  /** The row that a command led to, until something is done with a row. */
  wanted: { readonly at: Secrets.ValueAddress; readonly text: string } | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly watcher: vscode.Disposable;

  constructor(
    readonly uri: vscode.Uri,
    private readonly host: SecretHost,
    private readonly backup: SecretBackup,
    private readonly closed: (document: SecretDocument) => void,
  ) {
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), uri.path.split('/').at(-1) ?? '');
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const look = (): void => void this.lookAtDisk();
    this.watcher = vscode.Disposable.from(watcher, watcher.onDidChange(look), watcher.onDidCreate(look));
  }

  get format(): StoreFormat {
    return storeFormatOf(this.uri.path);
  }

  /** The encrypted text as it is now: what is saved and backed up. */
  get text(): string {
    return this.state.kind === 'open' ? this.state.secret.current.file.text : this.loaded;
  }

  get open(): Secrets.EditedSecret | undefined {
    return this.state.kind === 'open' ? this.state.secret : undefined;
  }

  /**
   * Reads and opens the file, or what was not saved of it in an earlier window.
   * @returns whether there was such
   */
  async load(): Promise<boolean> {
    const disk = await readText(this.uri);
    const unsaved = await this.backup.read();
    this.base = disk;
    this.hasChangedOnDisk = unsaved !== undefined && !this.backup.wasMadeFrom(disk);
    this.loaded = unsaved ?? disk ?? '';
    this.config = await nearestConfig(this.uri);
    await this.unlock();
    return unsaved !== undefined;
  }

  /** Opens what was read, with the keys that are there now. */
  async unlock(lookOnly = false): Promise<void> {
    const text = this.text;
    const state = await this.stateOf(text, lookOnly);
    this.open?.close();
    this.loaded = text;
    this.generation++;
    this.state = state;
    this.changed.fire();
  }

  private async stateOf(text: string, lookOnly: boolean): Promise<SecretState> {
    if (!this.host.isTrusted()) return untrusted;
    const { secrets } = this.host;
    const access = this.host.access();
    const opened = await secrets.openEncrypted(text, this.format, access, lookOnly);
    if (opened.ok) {
      return { kind: 'open', secret: new secrets.EditedSecret(opened.value), isReadOnly: !opened.value.isVerified };
    }
    const read = secrets.readEncrypted(text, this.format);
    const { fault } = opened;
    return {
      kind: 'sealed',
      reason: fault.kind === 'no-key' ? 'No key on this machine opens the file.' : secrets.describeFault(fault),
      attempts: fault.kind === 'no-key' ? fault.attempts : [],
      encrypted: read.ok ? read.value : undefined,
      canLook: fault.kind === 'wrong-mac',
    };
  }

  /** Shows a state that an edit made or undid; false where the file was read anew since. */
  restore(state: Secrets.OpenedFile, generation: number): boolean {
    if (generation !== this.generation || this.open === undefined) return false;
    this.open.show(state);
    this.changed.fire();
    // The editor forgets its note of a document that is as it was, and leaves the backup where it is.
    if (this.text === this.base) void this.backup.drop();
    return true;
  }

  /** Leads the user to a row, with a sentence on what to do there. */
  reveal(at: Secrets.ValueAddress, text: string): void {
    this.wanted = { at, text };
    this.changed.fire();
  }

  /** Tells those who show it. */
  refresh(): void {
    this.changed.fire();
  }

  /** Writes the encrypted text; false where the file on disk is another than the one that was opened. */
  save(): Promise<boolean> {
    return this.inTurn(async () => {
      const { text, base } = this;
      const disk = await readText(this.uri);
      if (disk !== text && (disk !== base || this.hasChangedOnDisk)) {
        this.hasChangedOnDisk = true;
        this.changed.fire();
        return false;
      }
      await writeText(this.uri, text);
      this.base = text;
      this.hasChangedOnDisk = false;
      await this.backup.drop();
      this.changed.fire();
      return true;
    });
  }

  /** Takes what is on disk now as seen, so that the next save overwrites it. */
  overwriteDisk(): Promise<void> {
    return this.inTurn(async () => {
      this.base = await readText(this.uri);
      this.hasChangedOnDisk = false;
    });
  }

  /** Writes the encrypted text elsewhere. */
  async saveAs(target: vscode.Uri): Promise<void> {
    await writeText(target, this.text);
  }

  /** Gives up what was not saved. */
  async revert(): Promise<void> {
    await this.backup.drop();
    await this.load();
  }

  /** Keeps the encrypted text, and which file on disk it was made from. */
  backUp(): Promise<vscode.CustomDocumentBackup> {
    return this.backup.write(this.text, this.base);
  }

  private lookAtDisk(): Promise<void> {
    return this.inTurn(async () => {
      const disk = await readText(this.uri);
      if (disk === this.base) return;
      // Every state is a whole text, so an undone edit is none.
      if (this.text === this.base) return this.revert();
      this.hasChangedOnDisk = true;
      this.changed.fire();
    });
  }

  /** One after the other: whoever looks at a file while it is written sees a change that is none. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.turn;
    let end = (): void => undefined;
    this.turn = new Promise((resolve) => (end = resolve));
    await before;
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** A path for people. */
  get title(): string {
    return pathInRoot(this.uri);
  }

  dispose(): void {
    this.closed(this);
    this.open?.close();
    this.watcher.dispose();
    this.changed.dispose();
  }
}
