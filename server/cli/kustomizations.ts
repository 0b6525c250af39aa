import { type ResourceKey } from '../model/resource-id';
import { type RenderedCluster } from '../workspace/cluster';

export const kustomizationKind = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' } as const;

/** Keys of the Flux Kustomizations of a cluster: those that are rendered, in that order, then those that cannot be. */
export function kustomizationKeys(cluster: RenderedCluster): ResourceKey[] {
  const keys = new Set(cluster.builds.keys());
  for (const { key } of cluster.objectsOf(kustomizationKind.group, kustomizationKind.kind)) keys.add(key);
  return [...keys];
}
