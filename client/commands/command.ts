import type * as vscode from 'vscode';
import { type LanguageServer } from '../language/language-server';
import type { GraphPanel } from '../views/graph-panel';
import type { Live } from '../views/live/live';
import type { SecretEditor } from '../views/secret/secret-editor';

/** What commands act on. */
export interface CommandContext {
  readonly server: LanguageServer;
  readonly graph: Pick<GraphPanel, 'show'>;
  /** Loads what shows live objects on first use; connects nothing. */
  readonly live: () => Promise<Live>;
  /** Loads the editor of encrypted files on first use; decrypts nothing. */
  readonly secrets: () => Promise<SecretEditor>;
  readonly log: vscode.LogOutputChannel;
  readonly extension: vscode.Extension<unknown>;
  /** Starts the server and shows what is hidden outside GitOps repositories. */
  readonly begin: () => Promise<void>;
}

/** One entry of `contributes.commands` in the manifest, which holds its title. */
export interface Command {
  readonly id: `fluxwright.${string}`;
  /** @param argument what the editor hands to a command of a menu, for rows of a tree their element; unchecked */
  readonly run: (context: CommandContext, argument?: unknown) => Promise<void> | void;
}
