import { type Answer } from '../../server/protocol/answer';
import { clustersRequest, type CustomRequest } from '../../server/protocol/messages';
import { type ClusterInfo } from '../../server/protocol/repository';
// A type-only statement: any other would load the module for its effects where nothing bundles it away.
import type { startServer, ServerConnection, ServerOptions } from './language-client';
import { type ServerState } from './server-state';

/** What the user may know of the server: its state, and the clusters of each root by the root's URI. */
export interface ServerStatus {
  readonly state: ServerState;
  readonly clusters: ReadonlyMap<string, readonly ClusterInfo[]>;
}

/** The one language server of a window, which may serve several roots. */
export interface LanguageServer {
  status(): ServerStatus;
  /** Answer to a request of ours; undefined while the server does not run or when it fails to answer. */
  ask<Question, Result>(
    request: CustomRequest<Question, Answer<Result>>,
    question: Question,
  ): Promise<Answer<Result> | undefined>;
  /** Does nothing when it was started before. */
  start(): Promise<void>;
  /** Starts a new process, also after the old one gave up. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Tells a running server that the window has the focus again. */
  focus(): void;
}

export type LanguageServerOptions = Omit<ServerOptions, 'onState' | 'onSnapshot'> & {
  /** Loads the language client, which is too heavy for repositories that need none. */
  readonly load: () => Promise<{ readonly startServer: typeof startServer }>;
  /** Called after every change of {@link ServerStatus}. */
  readonly onStatus: (status: ServerStatus) => void;
};

/** Makes the server's handle; no process exists and nothing is loaded before `start`. */
export function createLanguageServer(options: LanguageServerOptions): LanguageServer {
  let status: ServerStatus = { state: { kind: 'idle' }, clusters: new Map() };
  let connection: ServerConnection | undefined;
  let turn: Promise<void> = Promise.resolve();

  function change(next: Partial<ServerStatus>): void {
    status = { ...status, ...next };
    options.onStatus(status);
  }

  async function refresh(from: ServerConnection, root: string): Promise<void> {
    const answer = await from.ask(clustersRequest, { root });
    if (answer?.available !== true || from !== connection) return;
    change({ clusters: new Map(status.clusters).set(root, answer.clusters) });
  }

  async function connect(): Promise<void> {
    try {
      const client = await options.load();
      const started = client.startServer({
        ...options,
        onState: (state) => {
          if (connection === undefined || connection === started) change({ state });
        },
        onSnapshot: ({ root }) => void refresh(started, root),
      });
      connection = started;
    } catch (error) {
      change({ state: { kind: 'failed', reason: error instanceof Error ? error.message : String(error) } });
    }
  }

  async function disconnect(): Promise<void> {
    await connection?.stop();
    connection = undefined;
    change({ clusters: new Map() });
  }

  // One after the other: a restart asked for while another runs must not leave two processes.
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work);
    return turn;
  }

  return {
    status: () => status,
    ask: async (request, question) => connection?.ask(request, question),
    start: () =>
      inTurn(async () => {
        if (connection === undefined) await connect();
      }),
    restart: () =>
      inTurn(async () => {
        await disconnect();
        await connect();
      }),
    stop: () => inTurn(disconnect),
    focus: () => connection?.focus(),
  };
}
