import { spawn, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A built tool: the variable, else where the real cluster's tools or `go install` put it. */
export function findTool(variable: string, name: string, version: RegExp): string | undefined {
  const choices = [
    process.env[variable],
    join(homedir(), '.cache', 'real-cluster', 'bin', name),
    join(homedir(), 'go', 'bin', name),
  ];
  return choices.find(
    (tool) =>
      tool !== undefined &&
      tool !== '' &&
      version.test(
        spawnSync(tool, ['--version'], { encoding: 'utf8', env: { SOPS_DISABLE_VERSION_CHECK: '1' } }).stdout,
      ),
  );
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs a program in an environment of its own. */
export function run(tool: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(tool, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('close', (status) => {
      resolve({ status, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString('utf8') });
    });
  });
}

/** Does the work of all items, several at a time. */
export async function inParallel<T>(
  items: readonly T[],
  workers: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
