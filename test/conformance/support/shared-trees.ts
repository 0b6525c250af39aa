import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FilePath } from '../../../server/model/file-path';
import { type Kubernetes, loadKubernetes } from '../../../server/validation/kubernetes';
import { readClusters } from '../coverage.mjs';

export const sharedRepositories = '../shared/repos';

export const clusterEntries = readClusters(readFileSync('test/conformance/clusters.tsv', 'utf8'));

/** Why a test that needs the public repositories cannot run; false when it can. */
export function skipWithout(path: string): string | false {
  if (existsSync(path)) return false;
  const reason = `skipped: ${path} is not here`;
  console.log(reason);
  return reason;
}

/** Names of the public repositories, those without Flux included; empty where they are absent. */
export function repositoryNames(): string[] {
  return existsSync(sharedRepositories) ? readdirSync(sharedRepositories).sort() : [];
}

/** Texts of a tree, `.git` left out. */
export function readRepository(name: string): Map<FilePath, string> {
  const root = join(sharedRepositories, name);
  const texts = new Map<FilePath, string>();
  for (const path of readdirSync(root, { recursive: true }).map(String).sort()) {
    if (path.startsWith('.git/') || !statSync(join(root, path)).isFile()) continue;
    texts.set(path, readFileSync(join(root, path), 'utf8'));
  }
  return texts;
}

let kubernetes: Kubernetes | undefined;

/** The schemas of built-in kinds that `npm run build` generates, as the command line reads them. */
export function builtInKinds(): Kubernetes {
  return (kubernetes ??= loadKubernetes(() => readFileSync('dist/schemas/kubernetes.json', 'utf8')));
}
