import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'vscode-languageserver/node';
import { compileLater } from './host/compile-later';
import { createNodeClock } from './host/node-clock';
import { serve } from './lsp/serve';

// Entry of the language server. Only what answering `initialize` needs is loaded here (design 8, cold start).

compileLater();

const version = (JSON.parse(readText('../package.json') ?? '{}') as { readonly version?: string }).version ?? '0';
const flags = process.argv.slice(2);

const usage = `Usage: fluxwright-language-server --stdio

Speaks the Language Server Protocol on standard input and output.
--node-ipc, --socket=PORT and --pipe=NAME are understood too.
`;

if (flags.includes('--version')) process.stdout.write(`${version}\n`);
else if (flags.length === 0 || flags.includes('--help')) process.stdout.write(usage);
else start();

function start(): void {
  const connection = createConnection();
  serve(connection, { clock: createNodeClock(), version, bundledText: readText });
  connection.listen();
}

/** A file beside the bundle (`dist`); undefined when it is not there. */
function readText(name: string): string | undefined {
  try {
    return readFileSync(join(__dirname, name), 'utf8');
  } catch {
    return undefined;
  }
}
