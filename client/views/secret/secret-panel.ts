import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import {
  type FileAction,
  readSecretPageMessage,
  secretLimits,
  type SecretHostMessage,
  type SecretPageMessage,
  versioned,
} from '../../../webview/secret-protocol';
import type * as Secrets from '../../secrets/secrets';
import { pageHtml } from '../page-html';
import { type SecretDocument } from './secret-document';
import { pathInRoot } from './secret-files';
import { type SecretHost, timeNow } from './secret-host';
import { type FileNote, openMessage, sealedMessage } from './secret-messages';

export interface SecretPanelOptions {
  readonly host: SecretHost;
  /** Folder of the page's files; the page may load nothing from elsewhere. */
  readonly files: vscode.Uri;
  readonly log: Pick<vscode.LogOutputChannel, 'warn' | 'error'>;
  /** Tells the editor of an edit that it can undo. */
  readonly edited: (document: SecretDocument, edit: Extract<Secrets.EditResult, { kind: 'edited' }>) => void;
  readonly save: (document: SecretDocument) => Promise<void>;
  readonly act: (document: SecretDocument, action: FileAction) => Promise<void>;
  readonly copy: (text: string) => Promise<void>;
}

/** One tab on a document: what it shows, and what its page asks for. Lives as long as the tab. */
export class SecretPanel {
  private readonly faults = new Set<string>();

  constructor(
    private readonly document: SecretDocument,
    private readonly panel: vscode.WebviewPanel,
    private readonly options: SecretPanelOptions,
  ) {
    const { webview } = panel;
    const { files } = options;
    const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [files] };
    const shown = vscode.Disposable.from(
      webview.onDidReceiveMessage((value: unknown) => this.receive(value)),
      document.onDidChange(() => void this.send()),
    );
    panel.onDidDispose(() => {
      shown.dispose();
    });
    webview.html = pageHtml({
      title: 'Encrypted File',
      script: file('secret.js'),
      style: file('secret.css'),
      nonce: randomBytes(16).toString('hex'),
    });
  }

  private receive(value: unknown): void {
    const reading = readSecretPageMessage(value);
    if ('fault' in reading) this.logFault(reading.fault);
    else {
      const { message } = reading;
      void this.answer(message).catch((error: unknown) => {
        // Its text may quote what was handled.
        this.options.log.error(`secret: ${message.type} failed (${error instanceof Error ? error.name : 'error'})`);
        if ('id' in message)
          void this.refuse(message.id, 'This failed, and nothing was applied. The log names the step.');
      });
    }
  }

  private async answer(message: SecretPageMessage): Promise<void> {
    if (message.type === 'ready') return this.send();
    if (message.type === 'save') return this.options.save(this.document);
    if (message.type === 'act') return this.options.act(this.document, message.action);
    if (message.type === 'fault') {
      this.logFault(`The page said: ${message.text}`);
      return;
    }
    const { open, state } = this.document;
    if (open === undefined) return;
    if (message.revision !== open.revision) {
      // First, so that the page has what was typed again before it shows what changed; it asks for a value once more itself.
      if (message.type !== 'peek') {
        await this.refuse(message.id, 'The file changed meanwhile, so nothing was done. Do it once more.');
      }
      return this.send();
    }
    this.document.wanted = undefined;
    if (message.type === 'peek' || message.type === 'copy') return this.read(open, message);
    if (state.kind === 'open' && state.isReadOnly) return this.refuse(message.id, 'The file can only be read.');
    return this.edit(open, message);
  }

  private async read(
    open: Secrets.EditedSecret,
    { type, id, revision }: Extract<SecretPageMessage, { type: 'peek' | 'copy' }>,
  ): Promise<void> {
    const peeked = open.peek(id);
    if ('reason' in peeked) return this.refuse(id, peeked.reason);
    if (type === 'copy') return this.options.copy(peeked.text);
    if (peeked.text.length > secretLimits.value) return this.refuse(id, 'The value is too long to be shown.');
    await this.post({ type: 'value', revision, id, text: peeked.text });
  }

  private async edit(
    open: Secrets.EditedSecret,
    message: Extract<SecretPageMessage, { type: 'set' | 'add' | 'rename' | 'remove' }>,
  ): Promise<void> {
    const edit = rowEdit(message);
    let result = open.edit(edit, timeNow(this.options.host));
    if (result.kind === 'exposes') {
      const write = 'Write in Clear';
      const chosen = await vscode.window.showWarningMessage(result.reason, { modal: true }, write);
      if (chosen !== write || message.revision !== open.revision) {
        return this.refuse(message.id, 'Nothing was written.');
      }
      result = open.edit(edit, timeNow(this.options.host), true);
    }
    if (result.kind !== 'edited' && result.kind !== 'same') return this.refuse(message.id, result.reason);
    // At once: a save that was asked for behind it has to see it.
    if (result.kind === 'edited') this.options.edited(this.document, result);
    await this.post({ type: 'taken', id: message.id });
  }

  private async refuse(id: string, text: string): Promise<void> {
    await this.post({ type: 'refused', id, text: text.slice(0, secretLimits.text) });
  }

  private async send(): Promise<void> {
    const { state } = this.document;
    const note = this.note();
    await this.post(
      state.kind === 'sealed' ? sealedMessage(state, note) : openMessage(state.secret, state.isReadOnly, note),
    );
    const { wanted, open } = this.document;
    const row = wanted && open?.find(wanted.at);
    if (wanted === undefined || open === undefined || row === undefined) return;
    await this.post({ type: 'focus', revision: open.revision, id: row.id, text: wanted.text });
  }

  private note(): FileNote {
    const { document, options } = this;
    const { state, config, uri, title, hasChangedOnDisk } = document;
    const { secrets, names } = options.host;
    const encrypted = state.kind === 'open' ? state.secret.current : state.encrypted;
    if (encrypted === undefined) return { title, recipients: [], rule: undefined, drift: undefined, hasChangedOnDisk };
    const rule = secrets.readRule(config, pathInRoot(uri));
    return {
      title,
      recipients: secrets.recipientsOf(encrypted.metadata, config, names()),
      rule,
      drift: secrets.driftOf(encrypted.metadata, rule),
      hasChangedOnDisk,
    };
  }

  private async post(message: SecretHostMessage): Promise<void> {
    await this.panel.webview.postMessage(versioned(message));
  }

  /** Each kind of fault once: what floods the extension must not flood the log. */
  private logFault(fault: string): void {
    if (this.faults.size < 20 && !this.faults.has(fault)) this.options.log.warn(`secret: ${fault}`);
    this.faults.add(fault);
  }
}

function rowEdit(message: Extract<SecretPageMessage, { type: 'set' | 'add' | 'rename' | 'remove' }>): Secrets.RowEdit {
  switch (message.type) {
    case 'set':
      return { kind: 'set', id: message.id, type: message.valueType, text: message.text };
    case 'add':
      return { kind: 'add', id: message.id, key: message.key, type: message.valueType, text: message.text };
    case 'rename':
      return { kind: 'rename', id: message.id, key: message.key };
    case 'remove':
      return { kind: 'remove', id: message.id };
  }
}
