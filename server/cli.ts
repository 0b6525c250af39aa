import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from './cli/io';
import { doesWork, run } from './cli/run';

// `fluxwright check | head` closes our output early; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  isOutTerminal: process.stdout.isTTY,
  isErrTerminal: process.stderr.isTTY,
  columns: process.stdout.columns,
  environment: process.env,
  programFolder: __dirname,
  get version() {
    const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  },
};

const args = process.argv.slice(2);

/** For `runProgram`: whether a command did its work. */
export const warm = run(args, io).then((code) => {
  process.exitCode = code;
  return doesWork(args) && (code === exitCodes.good || code === exitCodes.findings);
});
