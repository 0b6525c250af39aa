import { type Kubeconfig } from './kubeconfig';

/**
 * Several files as one. The first file that names a context, cluster or user gives all of it, and the first
 * `current-context` that is not empty counts (client-go tools/clientcmd/loader.go). The npm client throws on a name that
 * two files have, and takes the last current-context.
 */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  return {
    contexts: firstWins(files.map(({ contexts }) => contexts)),
    clusters: firstWins(files.map(({ clusters }) => clusters)),
    users: firstWins(files.map(({ users }) => users)),
    currentContext: files.find(({ currentContext }) => currentContext !== '')?.currentContext ?? '',
    faults: files.flatMap(({ faults }) => faults),
  };
}

function firstWins<T>(maps: readonly ReadonlyMap<string, T>[]): Map<string, T> {
  const all = new Map<string, T>();
  for (const map of maps) for (const [name, value] of map) if (!all.has(name)) all.set(name, value);
  return all;
}
