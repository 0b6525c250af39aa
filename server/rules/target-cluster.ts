import { type RenderedObject } from '../build/build';
import { isUnknownAt } from '../build/unknown';
import { objectAt, stringAt } from '../model/json';
import { type ResourceKey } from '../model/resource-id';
import { type RenderedCluster } from '../workspace/cluster';

/**
 * Which cluster a Flux Kustomization writes to: the empty text for the cluster it runs in, else one text per kubeconfig
 * (catalogue 0b.12), undefined when a field that decides it is not known. Owners count too: what an object
 * applied elsewhere applies is elsewhere as well.
 * @param known answers of the same cluster, for callers that ask for many.
 */
export function targetOf(
  cluster: RenderedCluster,
  kustomization: ResourceKey,
  known: Map<ResourceKey, string | undefined> = new Map<ResourceKey, string | undefined>(),
): string | undefined {
  if (known.has(kustomization)) return known.get(kustomization);
  // Set first: owners that apply each other must not loop.
  known.set(kustomization, '');
  const target = kustomization === '' ? '' : ownTarget(cluster, kustomization, known);
  known.set(kustomization, target);
  return target;
}

function ownTarget(
  cluster: RenderedCluster,
  kustomization: ResourceKey,
  known: Map<ResourceKey, string | undefined>,
): string | undefined {
  const object = cluster.kustomization(kustomization)?.object;
  if (object === undefined) return '';
  if (isUnknownAt(object.unknown, ['spec', 'kubeConfig'])) return undefined;
  const config = objectAt(object.value, 'spec', 'kubeConfig');
  const outer = targetOf(cluster, object.address.owner, known);
  if (config === undefined || outer === undefined) return outer;
  return `|${kubeConfigText(object, config)}${outer}`;
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
