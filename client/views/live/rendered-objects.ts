import { formatAddress, parseAddress } from '../../../server/model/object-address';
import { type ResourceKey } from '../../../server/model/resource-id';
import { graphRequest } from '../../../server/protocol/messages';
import { type AddressText } from '../../../server/protocol/place';
import { type LanguageServer } from '../../language/language-server';

/** Where an open repository renders an object: the cluster, and its address there. */
export interface RenderedPlace {
  /** URI of the repository's root. */
  readonly root: string;
  /** Folder of the cluster. */
  readonly cluster: string;
  readonly owner: ResourceKey;
  readonly address: AddressText;
}

/**
 * The addresses under which open repositories render an object, over all their clusters.
 * @param owners who applies it, where that is known: objects of other kinds than Flux's are found by them alone
 */
export async function renderedPlaces(
  key: ResourceKey,
  owners: readonly ResourceKey[],
  server: Pick<LanguageServer, 'ask' | 'status'>,
): Promise<readonly RenderedPlace[]> {
  const found = new Map<string, RenderedPlace>();
  for await (const { root, cluster, nodes } of openClusters(server)) {
    for (const { address } of nodes) {
      const parsed = parseAddress(address);
      if (parsed === undefined) continue;
      const isItself = parsed.object === key && parsed.owner !== '';
      const isOwner = owners.includes(parsed.object);
      if (!isItself && !isOwner) continue;
      const owner = isItself ? parsed.owner : parsed.object;
      const [path = ''] = address.split('|');
      const own = isItself ? address : `${path}|${owner}|${key}`;
      found.set(`${root} ${own}`, { root, cluster, owner, address: own });
    }
  }
  return [...found.values()];
}

/** The places where open repositories render what a Kustomization applies; the address is that of all of it. */
export async function appliedPlaces(
  kustomization: ResourceKey,
  server: Pick<LanguageServer, 'ask' | 'status'>,
): Promise<readonly RenderedPlace[]> {
  const found: RenderedPlace[] = [];
  for await (const { root, cluster, nodes } of openClusters(server)) {
    if (!nodes.some(({ address }) => parseAddress(address)?.object === kustomization)) continue;
    const address = formatAddress({ cluster, owner: kustomization, object: '' });
    found.push({ root, cluster, owner: kustomization, address });
  }
  return found;
}

/** The graphs of all clusters of the open repositories. */
async function* openClusters(server: Pick<LanguageServer, 'ask' | 'status'>) {
  for (const root of server.status().clusters.keys()) {
    const graph = await server.ask(graphRequest, { root });
    for (const one of graph?.available === true ? graph.clusters : []) yield { root, ...one };
  }
}
