import { type RenderedObject } from '../build/build';
import { isUnknownAt } from '../build/unknown';
import { objectAt, stringAt } from '../model/json';
import { type ResourceKey } from '../model/resource-id';
import { type RenderedCluster } from '../workspace/cluster';

/**
 * Which cluster a Flux Kustomization writes to: the empty text for the cluster it runs in, else one text per kubeconfig
 * (catalogue 0b.12), undefined when a field that decides it is not known. Owners count too: what an object
 * applied elsewhere applies is elsewhere as well.
 */
export function targetOf(cluster: RenderedCluster, kustomization: ResourceKey): string | undefined {
  const seen = new Set<ResourceKey>();
  let target = '';
  for (let key = kustomization; key !== '' && !seen.has(key);) {
    seen.add(key);
    const object = cluster.kustomization(key)?.object;
    if (object === undefined) break;
    if (isUnknownAt(object.unknown, ['spec', 'kubeConfig'])) return undefined;
    const config = objectAt(object.value, 'spec', 'kubeConfig');
    if (config !== undefined) target += `|${kubeConfigText(object, config)}`;
    key = object.address.owner;
  }
  return target;
}

function kubeConfigText(object: RenderedObject, config: ReadonlyMap<string, unknown>): string {
  const parts = ['secretRef', 'configMapRef'].map((field) => {
    const reference = config.get(field);
    if (!(reference instanceof Map)) return '';
    return `${stringAt(reference, 'name') ?? ''}:${stringAt(reference, 'key') ?? ''}`;
  });
  return `${object.id.namespace}/${parts.join('/')}`;
}

/** True when an object is certainly applied to the cluster whose repository side `cluster` is. */
export function isAppliedHere(object: RenderedObject, cluster: RenderedCluster): boolean {
  return targetOf(cluster, object.address.owner) === '';
}
