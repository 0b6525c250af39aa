import { type Bindings } from '../../status/binding/bindings';
import { normalServer } from '../../status/binding/context-identity';
import { type ClusterContexts } from '../../status/in-file/object-in-file';
import { type ConnectedClusters } from './connected-clusters';

/**
 * Which context a cluster of a repository is, for showing its state: as the user bound it, while that context still leads to
 * the same server.
 */
export function boundContexts(
  bindings: Pick<Bindings, 'confirmed'>,
  clusters: Pick<ConnectedClusters, 'lastKnown'>,
): ClusterContexts {
  return {
    contextOf(root, path) {
      const binding = bindings.confirmed({ kind: 'cluster', root, path });
      const known = clusters.lastKnown?.contexts.find(({ name }) => name === binding?.context);
      if (binding === undefined || known === undefined) return undefined;
      return normalServer(known.server) === normalServer(binding.server) ? binding.context : undefined;
    },
  };
}
