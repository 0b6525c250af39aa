import { type FilePath } from '../../model/file-path';

/** Folder of the artifact that a path names; `..` stops at its root, as in the controllers (securejoin). */
export function artifactPath(path: string): FilePath {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
