import { readFileSync } from 'node:fs';
import { Console } from 'node:console';
import { join } from 'node:path';
import { type Connection, createConnection } from 'vscode-languageserver/node';
import { createNodeClock } from './host/node-clock';
import { StreamReader } from './lsp/message-reader';
import { StreamWriter } from './lsp/message-writer';
import { serve } from './lsp/serve';

// Entry of the language server. Only what answering `initialize` needs is loaded here (design 8, cold start).

const version = (JSON.parse(readText('../package.json') ?? '{}') as { readonly version?: string }).version ?? '0';
const flags = process.argv.slice(2);

const usage = `Usage: fluxwright-language-server --stdio

Speaks the Language Server Protocol on standard input and output.
--node-ipc, --socket=PORT and --pipe=NAME are understood too.
`;

/** For `runProgram`: whether the server analysed something, told when keeping its code stands in nobody's way. */
export const warm = answerOrStart();

function answerOrStart(): Promise<boolean> {
  const asksForHelp = flags.length === 0 || flags.includes('--help');
  if (!flags.includes('--version') && !asksForHelp) return start();
  process.stdout.write(flags.includes('--version') ? `${version}\n` : usage);
  return Promise.resolve(false);
}

function start(): Promise<boolean> {
  const connection = flags.includes('--stdio') ? createStdioConnection() : createConnection();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const analysed = (): void => void (timer ??= setTimeout(resolve, 3000, true).unref());
    serve(connection, { clock: createNodeClock(), version, bundledText: readText, analysed, shutDown });
    connection.listen();
  });
}

let isShutDown = false;
const shutDown = (): void => {
  isShutDown = true;
};

function createStdioConnection(): Connection {
  // What a library says must not stand between the messages.
  globalThis.console = new Console(process.stderr);
  // A client that is gone says nothing more.
  process.stdin.once('close', () => process.exit(isShutDown ? 0 : 1));
  return createConnection(new StreamReader(process.stdin), new StreamWriter(process.stdout));
}

/** A file beside the bundle (`dist`); undefined when it is not there. */
function readText(name: string): string | undefined {
  try {
    return readFileSync(join(__dirname, name), 'utf8');
  } catch {
    return undefined;
  }
}
