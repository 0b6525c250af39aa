import {
  type CancellationToken,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  type Connection,
  type Diagnostic,
  DefinitionRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  HoverRequest,
  type LocationLink,
  type ProtocolRequestType,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { carriedFix, codeActions } from '../features/code-actions';
import { type FeatureContext } from '../features/context';
import { type Log } from '../model/ports';
import { type Position } from '../model/text';
import { type YamlFile } from '../yaml/file';
import { type AnalysedRoot } from './analysed-root';
import { type ClientSupport } from './client-support';
import { type Documents } from './documents';
import { encodeResult } from './encode-result';
import { decodePosition, type LineSource } from './position-encoding';
import { safely } from './safe';
import { type Session } from './session';
import { textLines } from './text-lines';

export interface RequestOptions {
  readonly connection: Connection;
  readonly log: Log;
  readonly session: Promise<Session>;
  readonly documents: Documents;
  readonly support: ClientSupport;
  /** The user's names of recipients, as they are now. */
  readonly recipientNames: () => Readonly<Record<string, string>>;
}

/** What a feature is asked about. */
interface Question {
  readonly context: FeatureContext;
  readonly file: YamlFile;
}

/** What features read of a root now. */
export function contextOf({ root, uriOf }: AnalysedRoot): FeatureContext {
  const { schemas, files, workspace, describeKinds } = root;
  const { snapshot } = workspace;
  return { snapshot, schemas: schemas.catalog(snapshot), files, uriOf, describeKinds };
}

/** Answers the standard requests: wiring only, what is said comes from `server/features`. */
export function answerFeatures({ connection, log, session, documents, support, recipientNames }: RequestOptions): void {
  // After the analysis, which is loaded when `initialize` was answered.
  const features = session.then(() => import('./loaded-features'));
  features.catch(() => undefined);
  const linesOf = (uri: string, root: AnalysedRoot): LineSource => {
    const open = documents.get(uri);
    if (open !== undefined) return open.lines;
    const path = root.root.pathOf(uri);
    return textLines((path === undefined ? undefined : root.root.workspace.snapshot?.yaml(path)?.text) ?? '');
  };
  /** Registers a request about one document; `answer` gets the document as it is now. */
  const onDocument = <Params extends { readonly textDocument: { readonly uri: string } }, Result, Partial>(
    type: ProtocolRequestType<Params, Result, Partial, unknown, unknown>,
    empty: Result,
    answer: (question: Question, params: Params, loaded: Awaited<typeof features>) => Result,
  ): void => {
    const handle = async (params: Params): Promise<Result> => {
      const { uri } = params.textDocument;
      const loaded = await features;
      const at = (await session).place(uri);
      const file = at?.in.root.workspace.openFile(at.path) ?? at?.in.root.workspace.snapshot?.yaml(at.path);
      if (at === undefined || file === undefined) return empty;
      const context = { ...contextOf(at.in), recipientNames: recipientNames() };
      const result = answer({ context, file }, params, loaded);
      return encodeResult(result, uri, support.encoding, (other) => linesOf(other, at.in));
    };
    const wrapped = safely(log, type.method, empty, handle);
    connection.onRequest(type.method, (params: Params, token: CancellationToken) => wrapped(params, token));
  };
  const positionIn = ({
    textDocument: { uri },
    position,
  }: DocumentPosition): { position: Position; offset: number } => {
    const lines = documents.get(uri)?.lines ?? textLines('');
    const decoded = decodePosition(lines, position, support.encoding);
    return { position: decoded, offset: lines.offsetAt(decoded) };
  };

  onDocument(HoverRequest.type, null, ({ context, file }, params, { hover }) => {
    return hover(context, file, positionIn(params).offset, { markdown: support.markdownHover }) ?? null;
  });
  onDocument(CompletionRequest.type, null, ({ context, file }, params, { complete }) => {
    const { position, offset } = positionIn(params);
    const { snippets, keepsIndentation, markdownCompletion: markdown } = support;
    return complete(context, file, position, offset, { snippets, keepsIndentation, markdown });
  });
  onDocument(DefinitionRequest.type, null, ({ context, file }, params, { define }) => {
    const links = define(context, file, positionIn(params).offset);
    return support.definitionLinks ? links : links.map(toLocation);
  });
  onDocument(CodeLensRequest.type, null, ({ context, file }, { textDocument: { uri } }, { secretLenses }) =>
    secretLenses(context, file).flatMap(({ range, title, action }) => {
      // Without a command of that name a lens is a line to read; one that says nothing else is left out.
      const command = action !== undefined && support.commands.has(action) ? `fluxwright.${action}` : '';
      if (command === '' && action === 'openSecret') return [];
      return [{ range, command: { title, command, ...(command !== '' && { arguments: [uri] }) } }];
    }),
  );
  onDocument(DocumentLinkRequest.type, null, ({ context, file }, _params, { linksIn }) => linksIn(context, file));
  onDocument(DocumentSymbolRequest.type, null, ({ file }, { textDocument: { uri } }, { documentSymbols }) => {
    const symbols = documentSymbols(file);
    if (support.hierarchicalSymbols) return symbols;
    return symbols.map(({ name, kind, range }) => ({ name, kind, location: { uri, range } }));
  });
  connection.onRequest(
    WorkspaceSymbolRequest.type,
    safely(log, WorkspaceSymbolRequest.method, null, async ({ query }) => {
      const { workspaceSymbols } = await features;
      return (await session).roots.flatMap((root) => {
        const context = contextOf(root);
        if (context.snapshot === undefined) return [];
        const symbols = workspaceSymbols(context, context.snapshot, query);
        return encodeResult(symbols, root.root.uri, support.encoding, (uri) => linesOf(uri, root));
      });
    }),
  );
  // Fixes travel with their diagnostics, already in the client's encoding.
  connection.onRequest(
    CodeActionRequest.type,
    safely(log, CodeActionRequest.method, null, ({ textDocument: { uri }, context: { diagnostics, only } }) => {
      if (!support.codeActionLiterals || (only !== undefined && !only.some(isQuickFix))) return [];
      // A fix that was made for an older text would be misplaced; newer diagnostics are on their way.
      const version = documents.get(uri)?.version;
      const fresh = diagnostics.filter((diagnostic) => isMadeFor(diagnostic, uri, version));
      return codeActions(fresh, { documentChanges: support.documentChanges });
    }),
  );
}

interface DocumentPosition {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

const toLocation = ({ targetUri, targetSelectionRange }: LocationLink) => ({
  uri: targetUri,
  range: targetSelectionRange,
});

const isQuickFix = (kind: string): boolean => kind === 'quickfix' || kind === '' || kind.startsWith('quickfix.');

const isMadeFor = (diagnostic: Diagnostic, uri: string, version: number | undefined): boolean =>
  carriedFix(diagnostic)?.files.every((file) => file.uri !== uri || file.version === (version ?? null)) === true;
