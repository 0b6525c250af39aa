// A bundle of its own (tools/build.mjs), required on first use: nothing here is loaded in other repositories.
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import {
  focusNotification,
  snapshotChangedNotification,
  type CustomNotification,
  type CustomRequest,
} from '../../server/protocol/messages';
import { type Answer } from '../../server/protocol/answer';
import { protocolVersion, type ExperimentalCapabilities } from '../../server/protocol/version';
import { createRestartPolicy } from './restart-policy';
import { type ServerState } from './server-state';
import { withRedactedTrace, type TextOf } from './trace-redaction';

type LogChannel = NonNullable<LanguageClientOptions['outputChannel']>;

type SnapshotChange = typeof snapshotChangedNotification extends CustomNotification<infer Params> ? Params : never;

export interface ServerOptions {
  /** Absolute path of the server's bundle. */
  readonly module: string;
  /** Where the process runs: a folder that exists and that is not the user's. */
  readonly directory: string;
  readonly log: LogChannel;
  /** URI schemes of the documents the server gets, if their language is YAML. */
  readonly schemes: readonly string[];
  /** False in a workspace that is not trusted: the server then runs no program. Told once, at its start. */
  readonly isTrusted: () => boolean;
  readonly textOf: TextOf;
  /** Milliseconds from an arbitrary start, monotonic. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly onState: (state: ServerState) => void;
  readonly onSnapshot: (change: SnapshotChange) => void;
}

/** A server process with what the client asks of it; after `stop` it is of no use any more. */
export interface ServerConnection {
  /** Answer to a request of ours; undefined while the server does not run or when it fails to answer. */
  ask<Question, Result>(
    request: CustomRequest<Question, Answer<Result>>,
    question: Question,
  ): Promise<Answer<Result> | undefined>;
  /** Tells that the window has the focus again, so that the server looks for changes nobody told it of. */
  focus(): void;
  /** Ends the process; resolves when it is gone or has been killed. */
  stop(): Promise<void>;
}

/** Starts the language server; every change of its state is told through `onState`, none is thrown. */
export function startServer(options: ServerOptions): ServerConnection {
  const { onState, log } = options;
  const nextStep = createRestartPolicy(options.now);
  let stopping = false;

  const client = new QuietClient(
    'fluxwright',
    'Fluxwright',
    // Forked: the process is the editor's own Node.js, since the user may have none.
    { module: options.module, transport: TransportKind.stdio, options: { cwd: options.directory } },
    {
      documentSelector: options.schemes.map((scheme) => ({ scheme, language: 'yaml' })),
      initializationOptions: () => ({ isTrusted: options.isTrusted(), commands: lensCommands }),
      outputChannel: log,
      traceOutputChannel: withRedactedTrace(log, options.textOf),
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (_error, _message, count) => ({
          action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
          handled: true,
        }),
        closed: async () => {
          const step = nextStep();
          if (step.kind === 'restart' && !stopping) {
            onState({ kind: 'restarting', delay: step.delay });
            await options.wait(step.delay);
          }
          if (step.kind === 'restart' && !stopping) return { action: CloseAction.Restart, handled: true };
          if (!stopping) onState({ kind: 'crashed' });
          return { action: CloseAction.DoNotRestart, handled: true, message: 'The language server stays down.' };
        },
      },
    },
  );

  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) onState({ kind: 'starting' });
    if (newState === State.Running) onState(runningState(client));
  });
  client.onNotification(snapshotChangedNotification.method, (change: SnapshotChange) => options.onSnapshot(change));
  client.start().catch((error: unknown) => {
    if (!stopping) onState({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  });

  return {
    ask: async <Question, Result>(request: CustomRequest<Question, Answer<Result>>, question: Question) => {
      if (!client.isRunning()) return undefined;
      try {
        return await client.sendRequest<Answer<Result>>(request.method, question);
      } catch (error) {
        log.debug(`${request.method}: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    },
    focus: () => {
      if (client.isRunning()) void client.sendNotification(focusNotification.method, null);
    },
    stop: async () => {
      stopping = true;
      try {
        await client.dispose();
      } catch (error) {
        // It may have died or never started; either way it is gone.
        log.debug(`stop: ${error instanceof Error ? error.message : String(error)}`);
      }
      onState({ kind: 'stopped' });
    },
  };
}

/** Commands that the lenses of the server may run, by their names after `fluxwright.`. */
const lensCommands = ['openSecret', 'explainDecryption', 'updateKeys'];

/** A fault is a state with a next step in the status item and a line in the log, not a pop-up. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function runningState(client: LanguageClient): ServerState {
  const experimental = client.initializeResult?.capabilities.experimental as
    Partial<ExperimentalCapabilities> | undefined;
  const actual = experimental?.fluxwright?.protocol;
  return actual === protocolVersion ? { kind: 'running' } : { kind: 'mismatched', expected: protocolVersion, actual };
}
