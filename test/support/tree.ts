import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FilePath } from '../../server/model/file-path';

/** Texts of all files below a folder of the project, by path relative to it. */
export function readTree(folder: string): Map<FilePath, string> {
  const texts = new Map<FilePath, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    texts.set(path.slice(folder.length + 1), readFileSync(path, 'utf8'));
  }
  return texts;
}
