import type * as vscode from 'vscode';
import { type LanguageServer } from '../language/language-server';
import type { GraphPanel } from '../views/graph-panel';

/** What commands act on. */
export interface CommandContext {
  readonly server: LanguageServer;
  readonly graph: Pick<GraphPanel, 'show'>;
  readonly log: vscode.LogOutputChannel;
  readonly extension: vscode.Extension<unknown>;
  /** Starts the server and shows what is hidden outside GitOps repositories. */
  readonly begin: () => Promise<void>;
}

/** One entry of `contributes.commands` in the manifest, which holds its title. */
export interface Command {
  readonly id: `fluxwright.${string}`;
  readonly run: (context: CommandContext) => Promise<void> | void;
}
