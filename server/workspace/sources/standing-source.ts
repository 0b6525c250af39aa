import { type RenderedObject } from '../../build/build';
import { type ResourceId, resourceKey } from '../../model/resource-id';
import { type ClusterIndex } from '../cluster-index';
import { type EntryPoint } from '../entry-point';

/**
 * The object of a source; undefined when none is known to stand. Of several, which replace each other in the cluster, it
 * is the same one however the rendering came about, the root's before all others.
 */
export function standingSource(
  { index, entry }: { readonly index: ClusterIndex; readonly entry: EntryPoint },
  source: ResourceId,
): RenderedObject | undefined {
  const found = index.find(source);
  if (found.kind !== 'found') return undefined;
  const root = resourceKey(entry.kustomization);
  const rank = ({ address, resource }: RenderedObject): string =>
    [address.owner === root ? 0 : 1, address.owner, resource?.file ?? '', resource?.document ?? 0].join('\n');
  return found.objects.reduce((first, other) => (rank(other) < rank(first) ? other : first));
}
