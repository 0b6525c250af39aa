import { type ResourceKey } from './resource-id';

/**
 * Name of a rendered object: the cluster it is rendered for (path of its entry point), the Flux
 * Kustomization that applies it (the empty text for the entry point itself) and its own id.
 */
export interface ObjectAddress {
  readonly cluster: string;
  readonly owner: ResourceKey;
  readonly object: ResourceKey;
}

/** Text form `clusterPath|ownerResourceId|resourceId`; `|` and `%` in the path are percent-encoded. */
export function formatAddress(address: ObjectAddress): string {
  return `${address.cluster.replace(/[%|]/g, encodeURIComponent)}|${address.owner}|${address.object}`;
}

/** @returns undefined when the text does not have three parts or its path is wrongly encoded. */
export function parseAddress(text: string): ObjectAddress | undefined {
  const [cluster, owner, object, rest] = text.split('|');
  if (cluster === undefined || owner === undefined || object === undefined || rest !== undefined) return undefined;
  try {
    return { cluster: decodeURIComponent(cluster), owner, object };
  } catch {
    return undefined;
  }
}
