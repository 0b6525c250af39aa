import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a process of the bench was started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const parts = (path: string): string[] => readFileSync(path, 'utf8').split('\0').slice(0, -1);

/** Ends a process that `up.sh` noted under a name, and waits until it is gone. @returns how to start it again */
export async function endProcess(state: string, name: string, signal: NodeJS.Signals): Promise<Command> {
  const [line = ''] = readFileSync(join(state, 'pids', name), 'utf8').split('\n');
  const pid = Number(line);
  const [program = '', ...args] = parts(`/proc/${pid}/cmdline`);
  const pairs = parts(`/proc/${pid}/environ`).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  process.kill(pid, signal);
  while (existsSync(`/proc/${pid}`)) await new Promise((next) => setTimeout(next, 20));
  return { program, args, environment: Object.fromEntries(pairs) };
}

/** Starts a process and notes it as `up.sh` does, so that `down.sh` ends it. */
export function startProcess(state: string, name: string, { program, args, environment }: Command): void {
  const log = openSync(join(state, 'logs', `${name}.log`), 'a');
  const child = spawn(program, args, { env: environment, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  const began = execFileSync('ps', ['-o', 'lstart=', '-p', String(child.pid)], {
    env: { ...process.env, LC_ALL: 'C' },
  });
  const start = String(began).trim().replace(/\s+/g, ' ');
  writeFileSync(join(state, 'pids', name), `${child.pid}\n${start}\n`);
}
