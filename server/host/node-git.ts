import { directoryOf, type FilePath } from '../model/file-path';
import { type Clock, type Git } from '../model/ports';
import { normaliseRemote, parseGitConfig } from './git-config';
import { commonGitFolder, findWorkTree, readSmallText } from './git-folder';
import { findGit, runGit } from './run-git';
import { findRevision } from './git-revision';
import { join } from 'node:path';

export interface NodeGitOptions {
  /** False in workspaces that are not trusted: then nothing is known to be tracked. */
  readonly runsPrograms: boolean;
}

// One process answers for all files; what it said about a file that is not listed may be outdated by then.
const trustedForMs = 5000;

/**
 * What Git knows of a root. Remotes are read from the repository's configuration without running anything; ignored
 * files are asked of one `git ls-files`, when first needed.
 * @param root absolute path; the repository may begin above it.
 */
export function createNodeGit(root: string, clock: Clock, options: NodeGitOptions): Git {
  let remotes: readonly string[] | undefined;
  let known: ReadonlySet<FilePath> | undefined;
  let knownAt = -Infinity;
  const workTree = (): string | undefined => findWorkTree(root);
  return {
    remotes() {
      const top = workTree();
      const folder = top === undefined ? undefined : commonGitFolder(top);
      if (folder === undefined) return undefined;
      return (remotes ??= readRemotes(readSmallText(join(folder, 'config')) ?? ''));
    },
    isTracked(path) {
      if (!options.runsPrograms || workTree() === undefined) return undefined;
      if (known?.has(path) !== true && clock.now() - knownAt > trustedForMs) {
        known = listFiles(root);
        knownAt = clock.now();
      }
      return known?.has(path);
    },
    revision: async (name) =>
      options.runsPrograms && workTree() !== undefined ? findRevision(findGit(root), root, name) : undefined,
  };
}

function readRemotes(config: string): string[] {
  const urls = parseGitConfig(config).filter(({ section, key }) => section === 'remote' && key === 'url');
  return [...new Set(urls.flatMap(({ value }) => normaliseRemote(value) ?? []))];
}

/** Tracked files and those `git add` would take, with all their folders; undefined when Git cannot say. */
function listFiles(root: string): ReadonlySet<FilePath> | undefined {
  const output = runGit(findGit(root), root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  if (output === undefined) return undefined;
  const found = new Set<FilePath>(['']);
  for (const path of output.split('\0')) {
    for (let at = path; at !== '' && !found.has(at); at = directoryOf(at)) found.add(at);
  }
  return found;
}
