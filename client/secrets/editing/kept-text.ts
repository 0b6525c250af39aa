import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An encrypted text that outlives this process, in a file that holds it whole or the one before. */
export class KeptText {
  private readonly file: string;

  /** @param folder made when the first text is written */
  constructor(
    private readonly folder: string,
    name: string,
  ) {
    this.file = join(folder, name);
  }

  get path(): string {
    return this.file;
  }

  /** Undefined where there is none, or it cannot be read. */
  async read(): Promise<string | undefined> {
    return readFile(this.file, 'utf8').catch(() => undefined);
  }

  /** Rejects where the disk does not take it. */
  async write(text: string): Promise<void> {
    const next = `${this.file}.next`;
    await mkdir(this.folder, { recursive: true });
    await writeFile(next, text);
    await rename(next, this.file);
  }

  async remove(): Promise<void> {
    await rm(this.file, { force: true });
  }
}
