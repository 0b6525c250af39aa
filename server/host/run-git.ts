import type * as childProcess from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { delimiter, isAbsolute, join, relative } from 'node:path';

// Whatever the repository configures to be run, is not run.
const settings = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.pager=cat',
  'core.sshCommand=false',
  'protocol.allow=never',
  'credential.helper=',
].flatMap((setting) => ['-c', setting]);

// Set where a hook calls us; they would point Git at another repository or index.
const misleading = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
  'GIT_CONFIG_PARAMETERS',
];

/** Loaded with the first program that runs: most checks of a folder run none. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const processes = (): typeof childProcess => require('node:child_process') as typeof childProcess;

const timeoutMs = 20_000;
const maxOutputBytes = 512 * 1024 * 1024;

/**
 * Path of the `git` program; undefined when there is none. Only absolute folders of PATH outside `root` count, so that
 * a repository cannot bring a program of that name.
 */
export function findGit(root: string, path: string = process.env['PATH'] ?? ''): string | undefined {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const below = relative(root, folder);
    if (!below.startsWith('..') && !isAbsolute(below)) continue;
    const program = join(folder, name);
    try {
      if (!statSync(program).isFile()) continue;
      accessSync(program, constants.X_OK);
      return program;
    } catch {
      // Not there or not to be run: the next folder counts.
    }
  }
  return undefined;
}

const options = () => ({
  env: {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.includes(name))),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A partial clone would fetch what it lacks.
    GIT_NO_LAZY_FETCH: '1',
    LC_ALL: 'C',
  },
  maxBuffer: maxOutputBytes,
  timeout: timeoutMs,
  windowsHide: true,
});

/** Standard output of `git -C folder …`; undefined when Git fails, takes too long, or is missing. */
export function runGit(program: string | undefined, folder: string, args: readonly string[]): string | undefined {
  if (program === undefined) return undefined;
  try {
    return processes().execFileSync(program, [...settings, '-C', folder, ...args], {
      ...options(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

/** The same without waiting, its bytes as they are. @param input what Git reads on its standard input. */
export function runGitAside(
  program: string,
  folder: string,
  args: readonly string[],
  input = '',
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const given = [...settings, '-C', folder, ...args];
    const child = processes().execFile(program, given, { ...options(), encoding: 'buffer' }, (error, output) =>
      resolve(error === null ? output : undefined),
    );
    // It may be gone before it has read everything; its exit says so.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
