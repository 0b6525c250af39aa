import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { readText, writeText } from './secret-files';

/**
 * The unsaved state of a document, encrypted, in a file of its own below the storage of the extension.
 *
 * The editor offers a new place for each backup and removes the one before. After a reload it may keep a second note of the
 * same document that names an older place, and open the document by either one (VS Code 1.11x: the note's name is made of an
 * address in which more or less is written down). So there is one place, it holds the newest state, and only the newest
 * backup can be removed.
 */
export class SecretBackup {
  private readonly file: vscode.Uri;
  private readonly memoryKey: string;
  private latest = 0;
  private turn: Promise<void> = Promise.resolve();

  /**
   * @param folder where backups are kept, of all windows
   * @param memory keeps which file on disk the backup was made from: a hash of its encrypted text
   */
  constructor(
    document: vscode.Uri,
    private readonly folder: vscode.Uri,
    private readonly memory: vscode.Memento,
  ) {
    const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
    const window = workspaceFile?.toString() ?? workspaceFolders.map(({ uri }) => uri.toString());
    this.file = vscode.Uri.joinPath(folder, hashOf(JSON.stringify([window, document.toString()])));
    this.memoryKey = `fluxwright.secretBase:${document.toString()}`;
  }

  /** Undefined where there is none. */
  read(): Promise<string | undefined> {
    return readText(this.file);
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
      const next = this.file.with({ path: `${this.file.path}.next` });
      await vscode.workspace.fs.createDirectory(this.folder);
      await writeText(next, text);
      await vscode.workspace.fs.rename(next, this.file, { overwrite: true });
    });
    return {
      id: this.file.toString(),
      delete: () => {
        if (number === this.latest) void this.drop();
      },
    };
  }

  /** Removes what was kept, if anything was. */
  drop(): Promise<void> {
    return this.inTurn(async () => {
      await this.memory.update(this.memoryKey, undefined);
      await vscode.workspace.fs.delete(this.file).then(undefined, () => undefined);
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
