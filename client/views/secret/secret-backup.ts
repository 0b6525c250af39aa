import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type * as Secrets from '../../secrets/secrets';

/**
 * The unsaved state of a document, encrypted, in a file of its own below the storage of the extension.
 *
 * The editor offers a new place for each backup and removes the one before. After a reload it may keep a second note of the
 * same document that names an older place, and open the document by either one (the note's name is made of an address in
 * which more or less is written down); loaded once more at once, it opens the document by none and calls it unsaved. So
 * there is one place, it holds the newest state, only the newest backup can be removed, and whoever opens the document
 * looks there whatever the editor says.
 */
export class SecretBackup {
  private readonly kept: Secrets.KeptText;
  private readonly memoryKey: string;
  private latest = 0;
  private turn: Promise<void> = Promise.resolve();

  /**
   * @param folder where backups of all windows are kept: on the disk of this process
   * @param memory keeps which file on disk the backup was made from: a hash of its encrypted text
   */
  constructor(
    { KeptText }: Pick<typeof Secrets, 'KeptText'>,
    document: vscode.Uri,
    folder: string,
    private readonly memory: vscode.Memento,
  ) {
    const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
    const window = workspaceFile?.toString() ?? workspaceFolders.map(({ uri }) => uri.toString());
    this.kept = new KeptText(folder, hashOf(JSON.stringify([window, document.toString()])));
    this.memoryKey = `fluxwright.secretBase:${document.toString()}`;
  }

  /** Undefined where there is none. */
  read(): Promise<string | undefined> {
    return this.kept.read();
  }

  /** Whether the file on disk is the one that the backup was made from; false where a crash made that forgotten. */
  wasMadeFrom(disk: string | undefined): boolean {
    return this.memory.get<unknown>(this.memoryKey) === hashOf(disk ?? '');
  }

  /** Keeps a state; the one before stays until this one is whole. */
  async write(text: string, disk: string | undefined): Promise<vscode.CustomDocumentBackup> {
    const number = ++this.latest;
    await this.inTurn(async () => {
      await this.memory.update(this.memoryKey, hashOf(disk ?? ''));
      // Not by the file system of the editor, which would remove the old file first.
      await this.kept.write(text);
    });
    return {
      id: vscode.Uri.file(this.kept.path).toString(),
      delete: () => {
        if (number === this.latest) void this.drop();
      },
    };
  }

  /** Removes what was kept, if anything was. What the disk does not let go stays, and is found by whoever opens the document. */
  async drop(): Promise<void> {
    await this.inTurn(async () => {
      await this.memory.update(this.memoryKey, undefined);
      await this.kept.remove();
    }).catch(() => undefined);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
