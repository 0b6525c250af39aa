import { spawn } from 'node:child_process';
import { type ProgramRequest, type ProgramResult } from './program';

/** A program that asks for a passphrase in its own window needs time; one that hangs is stopped. */
const longestRun = 120_000;
const longestOutput = 16 * 1024 * 1024;

/** Runs a program of the user's machine without a shell; only in trusted workspaces. */
export function runProgram({ command, environment, input, directory }: ProgramRequest): Promise<ProgramResult> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: directory,
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    // Not spawn's own limit: it outlives a program that was not found.
    const limit = setTimeout(() => child.kill(), longestRun);
    const output: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk);
      length += chunk.length;
      if (length > longestOutput) child.kill();
    });
    child.once('error', () => {
      clearTimeout(limit);
      resolve({ kind: 'missing' });
    });
    child.once('close', (exitCode, signal) => {
      clearTimeout(limit);
      const bytes = Buffer.concat(output);
      for (const chunk of output) chunk.fill(0);
      if (signal !== null || length > longestOutput) resolve({ kind: 'stopped' });
      else if (exitCode === 0) resolve({ kind: 'done', output: bytes });
      else resolve({ kind: 'failed', exitCode: exitCode ?? undefined });
    });
    // A program may end without reading what it was given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
