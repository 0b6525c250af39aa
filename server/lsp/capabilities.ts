import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { type ExperimentalCapabilities, protocolVersion } from '../protocol/version';
import { type ClientSupport } from './client-support';

/** What the server offers this client. */
export function capabilitiesFor(support: ClientSupport): ServerCapabilities<ExperimentalCapabilities> {
  return {
    positionEncoding: support.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    hoverProvider: true,
    completionProvider: { triggerCharacters: [' ', ':', '/', '-'], resolveProvider: false },
    definitionProvider: true,
    documentLinkProvider: { resolveProvider: false },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds: ['quickfix'] },
    ...(support.codeLenses && { codeLensProvider: { resolveProvider: false } }),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    experimental: { fluxwright: { protocol: protocolVersion } },
    ...(support.pull && {
      diagnosticProvider: { identifier: 'flux', interFileDependencies: true, workspaceDiagnostics: true },
    }),
  };
}
