import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join('..', 'shared', 'repos');

/** Texts of every YAML file of the public repositories beside the project; undefined when they are absent. */
export function readSharedRepos(): readonly { readonly path: string; readonly text: string }[] | undefined {
  if (!existsSync(root)) {
    console.log('skipped: ../shared/repos is absent');
    return undefined;
  }
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
