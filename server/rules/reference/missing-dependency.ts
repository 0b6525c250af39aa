import { type RenderedObject } from '../../build/build';
import { hasUnknownIdentity } from '../../build/unknown';
import { describe } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { type ObjectReference } from '../../workspace/references';
import { type ObjectContext } from '../rule';
import { missingTargets, sameNameElsewhere } from './missing-target';

/** Kinds whose `dependsOn` names objects of their own kind. */
export const dependentKinds = ['kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease'];

const otherKind = {
  Kustomization: { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
  HelmRelease: { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' },
} as const;

/** A dependency that is certainly not rendered, and the one thing that best explains it. */
export interface MissingDependency {
  readonly reference: ObjectReference;
  /** Objects of the other kind that have this name: `dependsOn` never looks at them. */
  readonly otherKind: readonly RenderedObject[];
  /** Other clusters that do define it. */
  readonly otherClusters: readonly RenderedCluster[];
}

/** Every missing `dependsOn` target; at most one of the two explanations is filled. */
export function missingDependencies(object: RenderedObject, context: ObjectContext): MissingDependency[] {
  return missingTargets(object, context, ['dependsOn']).map((reference) => {
    const { id } = reference.target;
    if (sameNameElsewhere(id, context.cluster).length > 0) return { reference, otherKind: [], otherClusters: [] };
    const crossKind = namesakes(id.name, object, context.cluster);
    if (crossKind.length > 0) return { reference, otherKind: crossKind, otherClusters: [] };
    const otherClusters = context.otherClusters().filter((other) => other.find(id).kind === 'found');
    return { reference, otherKind: [], otherClusters };
  });
}

function namesakes(name: string, object: RenderedObject, cluster: RenderedCluster): RenderedObject[] {
  const { group, kind } = otherKind[object.id.kind as keyof typeof otherKind];
  return cluster.objectsOf(group, kind).filter((other) => other.id.name === name && !hasUnknownIdentity(other.unknown));
}

/** The Kustomization that applies an object, as messages name it; undefined for the entry point. */
export function ownerText(object: RenderedObject, cluster: RenderedCluster): string | undefined {
  const owner = cluster.kustomization(object.address.owner)?.object;
  return owner === undefined ? undefined : describe(owner.id);
}
