import { type LanguageServer } from '../../language/language-server';
import { type Bindings } from '../../status/binding/bindings';
import { resolveBinding } from '../../status/binding/resolve';
import { type ClusterContexts } from '../../status/in-file/object-in-file';

/**
 * Which context a cluster of a repository is, for showing its state: as the user bound it, while that still leads where it
 * did and the repository does not say otherwise.
 */
export function boundContexts(bindings: Bindings, server: Pick<LanguageServer, 'status'>): ClusterContexts {
  return {
    contextOf(root, path) {
      const info = server
        .status()
        .clusters.get(root)
        ?.find((cluster) => cluster.path === path);
      const facts = { name: path, ...(info?.server === undefined ? {} : { server: info.server }) };
      const found = resolveBinding(bindings, { kind: 'cluster', root, path }, facts);
      return found.name === 'bound' ? found.identity.context : undefined;
    },
  };
}
