import { resourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { type LiveObject } from '../object-sink';
import { liveText } from './live-value';

/**
 * Who puts owner labels on what it applies: `<prefix>/name` and `<prefix>/namespace` (fluxcd/pkg ssa, SetOwnerLabels;
 * helm-controller's origin labels, which its HelmCharts carry too), in the order in which they are looked for.
 */
export const ownerLabels: readonly (readonly [prefix: string, group: string, kind: string])[] = [
  ['kustomize.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'Kustomization'],
  ['helm.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io', 'HelmRelease'],
  ['resourceset.fluxcd.controlplane.io', 'fluxcd.controlplane.io', 'ResourceSet'],
  ['fluxcd.controlplane.io', 'fluxcd.controlplane.io', 'FluxInstance'],
];

/** The appliers that an object's labels name. They may live in another cluster, or be gone. */
export function labelledOwners(object: LiveObject): readonly ResourceKey[] {
  return ownerLabels.flatMap(([prefix, group, kind]) => {
    const name = liveText(object, 'metadata', 'labels', `${prefix}/name`);
    const namespace = liveText(object, 'metadata', 'labels', `${prefix}/namespace`);
    return name === undefined || namespace === undefined ? [] : [resourceKey({ group, kind, namespace, name })];
  });
}
