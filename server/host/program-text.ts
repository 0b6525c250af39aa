import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text of a file that ships with the program; undefined when it was not built. */
export function readProgramText(programFolder: string, path: string): string | undefined {
  try {
    return readFileSync(join(programFolder, path), 'utf8');
  } catch {
    return undefined;
  }
}
