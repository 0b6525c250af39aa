import { execFileSync } from 'node:child_process';
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

/** Standard output of `git -C folder …`; undefined when Git fails, takes too long, or is missing. */
export function runGit(program: string | undefined, folder: string, args: readonly string[]): string | undefined {
  if (program === undefined) return undefined;
  const variables = Object.entries(process.env).filter(([name]) => !misleading.includes(name));
  try {
    return execFileSync(program, [...settings, '-C', folder, ...args], {
      encoding: 'utf8',
      env: { ...Object.fromEntries(variables), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      maxBuffer: maxOutputBytes,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: timeoutMs,
      windowsHide: true,
    });
  } catch {
    return undefined;
  }
}
