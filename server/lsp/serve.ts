import {
  type Connection,
  DiagnosticRefreshRequest,
  type DidChangeConfigurationParams,
  type InitializeParams,
} from 'vscode-languageserver/node';
import { type Clock } from '../model/ports';
import { focusNotification, snapshotChangedNotification } from '../protocol/messages';
import { type AnalysedRoot } from './analysed-root';
import { capabilitiesFor } from './capabilities';
import { type ClientSupport, readClientSupport } from './client-support';
import { type EditorSettings, noSettings, pullSettings, pushedSettings, watchSettings } from './configuration';
import { answerCustomRequests } from './custom-requests';
import { createDocuments } from './documents';
import { answerFeatures } from './feature-requests';
import { createConnectionLog } from './log';
import { createWorkspacePull } from './pull';
import { answerPulls, type PulledVersions } from './pull-requests';
import { describeError, safelyNotified } from './safe';
import { type Session } from './session';
import { createWatcher, otherInputs } from './watch';

/** What the entry file gives the server. */
export interface Surroundings {
  readonly clock: Clock;
  /** Told in `serverInfo`. */
  readonly version: string;
  /** Text of a file that was built beside the program; undefined when it is not there. */
  readonly bundledText: (name: string) => string | undefined;
  /** Told when findings of a whole root have been published. */
  readonly analysed?: () => void;
  /** Told when the client asked the server to shut down; it exits afterwards. */
  readonly shutDown?: () => void;
}

/** Serves one client on a connection that is not listening yet, until it closes. */
export function serve(connection: Connection, surroundings: Surroundings): void {
  connection.onInitialize((params) => {
    const support = startServer(connection, surroundings, params);
    const serverInfo = { name: 'fluxwright', version: surroundings.version };
    return { capabilities: capabilitiesFor(support), serverInfo };
  });
}

const foldersOf = (params: InitializeParams): string[] => {
  if (params.workspaceFolders !== null && params.workspaceFolders !== undefined)
    return params.workspaceFolders.map(({ uri }) => uri);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- all that older clients say
  return params.rootUri === null ? [] : [params.rootUri];
};

/** `initializationOptions.isTrusted` false: the client says that the user does not trust the workspace. */
const isTrusted = ({ initializationOptions }: InitializeParams): boolean =>
  (initializationOptions as { readonly isTrusted?: unknown } | null | undefined)?.isTrusted !== false;

function startServer(
  connection: Connection,
  { clock, bundledText, analysed, shutDown }: Surroundings,
  params: InitializeParams,
): ClientSupport {
  const support = readClientSupport(params);
  const log = createConnectionLog(connection);
  const documents = createDocuments(support.encoding);
  const watcher = createWatcher(connection, support, log);
  const folders = new Set(foldersOf(params));
  const pulled: PulledVersions = new Map();
  let settings: EditorSettings = noSettings;
  let session: Session | undefined;
  const workspacePull = createWorkspacePull(() => session?.pulledFiles() ?? []);
  const inBackground = (name: string, work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.write('warn', `${name} failed`, { reason: describeError(error) }));
  };

  const watchRoots = (): Promise<void> =>
    watcher.watch(
      (session?.roots ?? []).map(({ root }) => ({
        uri: root.uri,
        otherInputs: otherInputs(root.workspace.snapshot),
      })),
    );
  /** Open documents are pulled again only when what was pulled is not what counts now. */
  const refreshPulled = (): void => {
    if (!support.pull) return;
    workspacePull.changed();
    const isOutdated = [...pulled].some(([uri, resultId]) => {
      const at = session?.place(uri);
      return at !== undefined && (at.in.pulled(at.path)?.resultId ?? '') !== resultId;
    });
    if (isOutdated) inBackground('a refresh', connection.sendRequest(DiagnosticRefreshRequest.type));
  };
  const judged = ({ root }: AnalysedRoot, generation: number, changed: readonly string[]): void => {
    refreshPulled();
    analysed?.();
    inBackground(
      'a notification',
      connection.sendNotification(snapshotChangedNotification.method, { root: root.uri, generation, changed }),
    );
    inBackground('watching files', watchRoots());
  };

  // Loaded while the client reads our answer; the answer itself needs none of it.
  const loading = new Promise<void>((resolve) => setImmediate(resolve)).then(() => import('./analysis'));
  const starting = loading.then(({ startSession }) => {
    session = startSession({
      support,
      documents,
      clock,
      log,
      override: (code) => settings.rules[code],
      publish: (publication) => inBackground('publishing', connection.sendDiagnostics(publication)),
      judged,
      bundledText,
      runsPrograms: isTrusted(params),
    });
    return session;
  });
  starting.catch((error: unknown) =>
    log.write('error', 'the analysis could not start', { reason: describeError(error) }),
  );

  const useSettings = (read: EditorSettings | undefined): void => {
    if (read === undefined || JSON.stringify(read) === JSON.stringify(settings)) return;
    settings = read;
    for (const root of session?.roots ?? []) root.refresh();
    refreshPulled();
  };
  const sweep = async (): Promise<void> => {
    for (const root of (await starting).roots) await root.schedule.sweep();
  };
  const on = <Params>(name: string, handler: (params: Params) => void | Promise<void>) =>
    safelyNotified(log, name, handler);

  connection.onInitialized(
    on('initialized', async () => {
      const ready = await starting;
      ready.setFolders([...folders]);
      inBackground('watching settings', watchSettings(connection, support));
      inBackground('watching files', watchRoots());
      if (support.folders)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          for (const { uri } of removed) folders.delete(uri);
          for (const { uri } of added) folders.add(uri);
          ready.setFolders([...folders]);
          inBackground('watching files', watchRoots());
        });
      useSettings(await pullSettings(connection, support));
    }),
  );
  connection.onDidOpenTextDocument(
    on('didOpen', ({ textDocument: { uri, version, text } }) => {
      const document = documents.open(uri, version, text);
      session?.opened(document);
      if (!support.dynamicWatch && session !== undefined) inBackground('a sweep', sweep());
    }),
  );
  connection.onDidChangeTextDocument(
    on('didChange', ({ textDocument: { uri, version }, contentChanges }) => {
      const document = documents.change(uri, version, contentChanges);
      if (document !== undefined) session?.changed(document);
    }),
  );
  connection.onDidSaveTextDocument(
    on('didSave', ({ textDocument: { uri } }) => {
      touch([uri]);
      if (!support.dynamicWatch) inBackground('a sweep', sweep());
    }),
  );
  connection.onDidCloseTextDocument(
    on('didClose', ({ textDocument: { uri } }) => {
      documents.close(uri);
      pulled.delete(uri);
      session?.closed(uri);
    }),
  );
  const touch = (uris: readonly string[]): void => {
    for (const { root, schedule } of session?.roots ?? []) {
      const paths = uris.flatMap((uri) => root.pathOf(uri) ?? []);
      if (paths.length === 0) continue;
      root.workspace.touch(paths);
      schedule.wake();
    }
  };
  connection.onDidChangeWatchedFiles(
    on('didChangeWatchedFiles', ({ changes }) => touch(changes.map(({ uri }) => uri))),
  );
  connection.onDidChangeConfiguration(
    on('didChangeConfiguration', async (change: DidChangeConfigurationParams) =>
      useSettings(pushedSettings(change.settings) ?? (await pullSettings(connection, support))),
    ),
  );
  connection.onNotification(focusNotification.method, on('focus', sweep));
  connection.onShutdown(() => {
    shutDown?.();
    session?.stop();
    workspacePull.end();
  });
  if (support.pull) answerPulls({ connection, log, session: starting, workspacePull, pulled });
  const recipientNames = (): EditorSettings['recipientNames'] => settings.recipientNames;
  answerFeatures({ connection, log, session: starting, documents, support, recipientNames });
  answerCustomRequests({ connection, log, session: starting, documents, support });
  return support;
}
