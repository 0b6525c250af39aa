// A bundle of its own (tools/build.mjs), required when an encrypted file is opened or a command on one is run.
import * as vscode from 'vscode';
import { type FileAction } from '../../../webview/secret-protocol';
import type * as Secrets from '../../secrets/secrets';
import { machineClock } from '../../status/clock';
import { type LanguageServer } from '../../language/language-server';
import { secretActions } from './actions/actions';
import { Reports } from './actions/report';
import { keyAccess, storedKeys } from './key-access';
import { SecretBackup } from './secret-backup';
import { SecretDocument } from './secret-document';
import { readText } from './secret-files';
import { type SecretHost } from './secret-host';
import { SecretPanel } from './secret-panel';
import { recipientNames } from './settings';
import { TimedClipboard } from './timed-clipboard';
import { secretViewType } from './view-type';

/** Commands on encrypted files, by their names after `fluxwright.`. */
export type SecretActionName = keyof typeof secretActions;

export type SecretEdit =
  vscode.CustomDocumentEditEvent<SecretDocument> | vscode.CustomDocumentContentChangeEvent<SecretDocument>;

export interface SecretEditorOptions {
  readonly own: Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'workspaceState' | 'globalStorageUri'>;
  /** Folder of the page's files. */
  readonly files: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly server: Pick<LanguageServer, 'ask' | 'status' | 'start'>;
  readonly edited: (edit: SecretEdit) => void;
}

/** Loads the ciphers and makes the editor of encrypted files; nothing is decrypted before a file is opened. */
export async function createSecretEditor(options: SecretEditorOptions): Promise<SecretEditor> {
  return new SecretEditor(await import('../../secrets/secrets'), options);
}

/** The documents of a window, and what can be done with them. */
export class SecretEditor {
  readonly documents = new Map<string, SecretDocument>();
  readonly host: SecretHost;
  readonly stored: Secrets.StoredKeys;
  readonly clipboard = new TimedClipboard(vscode.env.clipboard, machineClock);
  readonly reports = new Reports();
  /** Documents that are unsaved without the editor's knowing: it is told when it has them. */
  private readonly untold = new WeakSet<SecretDocument>();
  private readonly listening: vscode.Disposable;

  constructor(
    secrets: typeof Secrets,
    readonly options: SecretEditorOptions,
  ) {
    this.stored = storedKeys(secrets, options.own);
    this.host = {
      secrets,
      access: () => keyAccess(secrets, this.stored),
      isTrusted: () => vscode.workspace.isTrusted,
      names: recipientNames,
      clock: machineClock,
    };
    this.listening = vscode.Disposable.from(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        for (const document of this.documents.values()) void document.unlock();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && void this.clipboard.clearOverdue()),
    );
  }

  /** @param isUnsaved whether the editor knows that there is something that was not saved */
  async open(uri: vscode.Uri, isUnsaved: boolean): Promise<SecretDocument> {
    const { globalStorageUri, workspaceState } = this.options.own;
    const folder = vscode.Uri.joinPath(globalStorageUri, 'secret-backups').fsPath;
    const document = new SecretDocument(
      uri,
      this.host,
      new SecretBackup(this.host.secrets, uri, folder, workspaceState),
      (closed) => {
        if (this.documents.get(uri.toString()) === closed) this.documents.delete(uri.toString());
      },
    );
    const hasUnsaved = await document.load();
    if (hasUnsaved && !isUnsaved) this.untold.add(document);
    this.documents.set(uri.toString(), document);
    return document;
  }

  resolve(document: SecretDocument, panel: vscode.WebviewPanel): void {
    if (this.untold.delete(document)) this.options.edited({ document });
    const { files, log } = this.options;
    new SecretPanel(document, panel, {
      host: this.host,
      files,
      log,
      edited: (changed, { label, before, after }) => this.tellEdit(changed, label, before, after),
      act: (changed, action) => this.act(changed, action),
      save: (changed) => this.saveNow(changed),
      copy: async (text) => {
        await this.clipboard.copy(text);
        vscode.window.setStatusBarMessage('Value copied. The clipboard is cleared in 45 seconds.', 5_000);
      },
    });
  }

  /** Tells the editor that a document has another state, and how to go back and forth between both. */
  tellEdit(document: SecretDocument, label: string, before: Secrets.OpenedFile, after: Secrets.OpenedFile): void {
    const { generation } = document;
    const restore = (state: Secrets.OpenedFile) => () => {
      if (document.restore(state, generation)) return;
      void vscode.window.showInformationMessage(
        'The file was read anew since, so that edits of before cannot be undone.',
      );
    };
    this.options.edited({ document, label, undo: restore(before), redo: restore(after) });
    document.refresh();
  }

  /** Writes the file; rejects where it was changed on disk meanwhile, which the page says with what can be done. */
  async save(document: SecretDocument): Promise<void> {
    if (await document.save()) return;
    throw new Error(
      `${document.title} was changed on disk and was not overwritten. Reload or overwrite it in its tab.`,
    );
  }

  /**
   * Saves a file by its tab. `workspace.save` would have every editor of the file write what it holds, one that shows the
   * text as it was before among them.
   */
  async saveNow(document: SecretDocument): Promise<void> {
    await this.show(document.uri);
    await vscode.commands.executeCommand('workbench.action.files.save');
  }

  private async act(document: SecretDocument, action: FileAction): Promise<void> {
    switch (action) {
      case 'openText':
        await vscode.commands.executeCommand('vscode.openWith', document.uri, 'default');
        return;
      case 'retry':
        return document.unlock();
      case 'look':
        return document.unlock(true);
      case 'reload':
        await vscode.commands.executeCommand('workbench.action.files.revert');
        return;
      case 'overwrite':
        await document.overwriteDisk();
        return this.saveNow(document);
      case 'updateKeys':
      case 'rotate':
      case 'compare':
      case 'explain':
      case 'storeKey':
        await vscode.commands.executeCommand(commandOf[action], document.uri);
    }
  }

  /** Does what a command asks for. */
  async run(name: SecretActionName, argument: unknown): Promise<void> {
    await secretActions[name](this, argument);
  }

  /** Shows a file in the editor and gives its document; undefined where that did not work. */
  async show(uri: vscode.Uri): Promise<SecretDocument | undefined> {
    await vscode.commands.executeCommand('vscode.openWith', uri, secretViewType);
    return this.documents.get(uri.toString());
  }

  /** The text of a file as it is on disk, or in an editor that has it open and unsaved. */
  async textOf(uri: vscode.Uri): Promise<string | undefined> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    return open?.isDirty === true ? open.getText() : readText(uri);
  }

  dispose(): void {
    this.listening.dispose();
    this.reports.dispose();
    void this.clipboard.clear();
    for (const document of [...this.documents.values()]) document.dispose();
  }
}

const commandOf = {
  updateKeys: 'fluxwright.updateKeys',
  rotate: 'fluxwright.rotateDataKey',
  compare: 'fluxwright.compareSecret',
  explain: 'fluxwright.explainDecryption',
  storeKey: 'fluxwright.storeAgeKey',
} as const;
