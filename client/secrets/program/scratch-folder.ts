import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for a moment that only the user can read. */
export interface ScratchFolder {
  readonly path: string;
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string>;
}

/** Gives a folder and takes it away again, whatever happens. Only what is encrypted or public may be written there. */
export async function withScratchFolder<T>(use: (folder: ScratchFolder) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'fluxwright-'));
  try {
    return await use({
      path,
      write: (name, text) => writeFile(join(path, name), text, { mode: 0o600 }),
      read: (name) => readFile(join(path, name), 'utf8'),
    });
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}
