import { type InitializeParams } from 'vscode-languageserver/node';
import { chooseEncoding, type PositionEncoding } from './position-encoding';

/** What the client can do, as far as we make use of it. */
export interface ClientSupport {
  readonly encoding: PositionEncoding;
  /** Diagnostics are pulled; only where the client also lets us ask for a refresh, since one edit changes many files. */
  readonly pull: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticTags: boolean;
  readonly diagnosticData: boolean;
  readonly snippets: boolean;
  /** Inserted lines stay as they are sent (`InsertTextMode.asIs`). */
  readonly keepsIndentation: boolean;
  readonly markdownHover: boolean;
  readonly markdownCompletion: boolean;
  readonly definitionLinks: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly codeActionLiterals: boolean;
  readonly documentChanges: boolean;
  readonly configuration: boolean;
  readonly dynamicConfiguration: boolean;
  readonly dynamicWatch: boolean;
  readonly relativePatterns: boolean;
  readonly folders: boolean;
  readonly codeLenses: boolean;
  /** Commands of ours that the client can run, by the name after `fluxwright.`; it says so in `initializationOptions`. */
  readonly commands: ReadonlySet<string>;
}

/** Everything absent counts as "cannot". */
export function readClientSupport({ capabilities, initializationOptions }: InitializeParams): ClientSupport {
  const { general, textDocument, workspace } = capabilities;
  const diagnostics = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic };
  return {
    encoding: chooseEncoding(general?.positionEncodings),
    pull: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: diagnostics.relatedInformation === true,
    codeDescription: diagnostics.codeDescriptionSupport === true,
    diagnosticTags: diagnostics.tagSupport !== undefined,
    diagnosticData: diagnostics.dataSupport === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    keepsIndentation: textDocument?.completion?.completionItem?.insertTextModeSupport?.valueSet.includes(1) === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    markdownCompletion: textDocument?.completion?.completionItem?.documentationFormat?.includes('markdown') === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    configuration: workspace?.configuration === true,
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    dynamicWatch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    folders: workspace?.workspaceFolders === true,
    codeLenses: textDocument?.codeLens !== undefined,
    commands: commandsIn(initializationOptions),
  };
}

function commandsIn(options: unknown): ReadonlySet<string> {
  const named = typeof options === 'object' && options !== null && 'commands' in options ? options.commands : undefined;
  return new Set(Array.isArray(named) ? named.filter((name): name is string => typeof name === 'string') : []);
}
