import { spawn } from 'node:child_process';
import { existsSync, realpathSync, watch, type FSWatcher } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import {
  type Environment,
  type LocalFile,
  type LocalFiles,
  type ProgramResult,
  type Programs,
  type WallClock,
} from './ports';

const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
};

/** Time of the machine. A timer keeps no process alive. */
export const wallClock: WallClock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** @param machine how messages name this machine */
export function nodeEnvironment(machine: string): Environment {
  return { variables: process.env, platform: process.platform, home: homedir(), machine };
}

export const nodeFiles: LocalFiles = {
  async read(path): Promise<LocalFile> {
    try {
      return { kind: 'text', text: await readFile(path, 'utf8') };
    } catch (error) {
      const reason = codeOf(error);
      return reason === 'ENOENT' || reason === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'unreadable', reason };
    }
  },
  watch(paths, changed) {
    let watchers: FSWatcher[] = [];
    let armed = '';
    let isOver = false;
    const arm = (): void => {
      const places = placesOf(paths);
      const text = JSON.stringify([...places].map(([folder, names]) => [folder, ...names]));
      if (text === armed) return;
      armed = text;
      for (const watcher of watchers) watcher.close();
      watchers = [...places].flatMap(([folder, names]) => watchFolder(folder, names, seen));
    };
    const seen = (): void => {
      if (isOver) return;
      // A folder may have come or gone, or a link lead elsewhere.
      arm();
      changed();
    };
    arm();
    return () => {
      isOver = true;
      for (const watcher of watchers) watcher.close();
    };
  },
};

function watchFolder(folder: string, names: ReadonlySet<string>, seen: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name === null || names.has(name) || !existsSync(folder)) seen();
    });
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    // It has gone just now, or may not be read: nothing to watch.
    return [];
  }
}

/**
 * Which names in which folders say whether one of the files is another. Folders are watched, since files are replaced
 * rather than written, and may not be there yet; of a folder that is not there the nearest one above it. A link counts
 * with what it leads to.
 */
function placesOf(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const path of new Set(paths.flatMap((one) => [one, realPath(one)]))) {
    let [folder, name] = [dirname(path), basename(path)];
    while (!existsSync(folder) && dirname(folder) !== folder) [folder, name] = [dirname(folder), basename(folder)];
    places.set(folder, (places.get(folder) ?? new Set()).add(name));
  }
  return places;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

// Credentials are small; what says more is no login.
const largestOutput = 1024 * 1024;

export const nodePrograms: Programs = {
  run({ command, args, environment, signal }): Promise<ProgramResult> {
    return new Promise((resolve) => {
      const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
      const said = { stdout: '', stderr: '' };
      const end = (result: ProgramResult): void => {
        signal.removeEventListener('abort', stop);
        resolve(result);
      };
      const stop = (): void => {
        child.kill('SIGKILL');
        end({ kind: 'broken', reason: 'ended' });
      };
      signal.addEventListener('abort', stop, { once: true });
      for (const name of ['stdout', 'stderr'] as const) {
        child[name].setEncoding('utf8');
        child[name].on('data', (text: string) => {
          said[name] += text;
          if (said[name].length <= largestOutput) return;
          child.kill('SIGKILL');
          end({ kind: 'broken', reason: 'too much output' });
        });
      }
      child.on('error', (error) => {
        const reason = codeOf(error);
        end(reason === 'ENOENT' ? { kind: 'not-found' } : { kind: 'broken', reason });
      });
      child.on('close', (code, by) => {
        end(code === null ? { kind: 'broken', reason: by ?? 'ended' } : { kind: 'ended', code, ...said });
      });
      if (signal.aborted) stop();
    });
  },
};
