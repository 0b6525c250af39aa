import { type ResourceId } from '../../../server/model/resource-id';
import { liveFlag, liveText } from '../live/live-value';
import { type LiveObject } from '../object-sink';

/** What its controller does when an object is deleted. */
export type Consequence =
  /** What it applied is deleted. */
  | { readonly name: 'pruned'; readonly waits: boolean; readonly by: string }
  /** What it applied stays, and nobody looks after it any more. */
  | { readonly name: 'orphaned'; readonly why: string }
  | { readonly name: 'uninstalled'; readonly release: string; readonly notes: readonly string[] }
  /** Nothing was applied. */
  | { readonly name: 'nothing' };

/**
 * Read off the object as its controller reads it: kustomize-controller (finalizerShouldDeleteResources), helm-controller
 * (reconcileDelete; a release that is suspended is not uninstalled), flux-operator (a ResourceSet deletes what it applied,
 * unless its reconciliation is disabled), source-watcher (finalize: its ExternalArtifacts, also those of a disabled one).
 * @param applied how many objects its inventory lists; undefined when it keeps none
 */
export function consequenceOf(id: ResourceId, object: LiveObject, applied: number | undefined): Consequence {
  const isSuspended = liveFlag(object, 'spec', 'suspend');
  if (id.kind === 'Kustomization' && id.group === 'kustomize.toolkit.fluxcd.io') {
    if (isSuspended) return { name: 'orphaned', why: 'it is suspended' };
    if ((applied ?? 0) === 0) return { name: 'nothing' };
    const policy = liveText(object, 'spec', 'deletionPolicy') || 'MirrorPrune';
    if (policy === 'MirrorPrune' && !liveFlag(object, 'spec', 'prune')) {
      return { name: 'orphaned', why: 'its spec.prune is not true' };
    }
    if (policy === 'MirrorPrune' || policy === 'Delete' || policy === 'WaitForTermination') {
      return { name: 'pruned', waits: policy === 'WaitForTermination', by: 'kustomize-controller' };
    }
    return { name: 'orphaned', why: `its spec.deletionPolicy is ${policy}` };
  }
  if (id.kind === 'HelmRelease' && id.group === 'helm.toolkit.fluxcd.io') {
    if (isSuspended) return { name: 'orphaned', why: 'it is suspended: the Helm release stays installed' };
    return { name: 'uninstalled', release: releaseOf(id, object), notes: uninstallNotes(object) };
  }
  if (id.group === 'fluxcd.controlplane.io' && id.kind === 'ResourceSet') {
    const annotation = liveText(object, 'metadata', 'annotations', 'fluxcd.controlplane.io/reconcile') ?? '';
    if (annotation.toLowerCase() === 'disabled') return { name: 'orphaned', why: 'its reconciliation is disabled' };
    return (applied ?? 0) === 0 ? { name: 'nothing' } : { name: 'pruned', waits: false, by: 'flux-operator' };
  }
  if (id.group === 'source.extensions.fluxcd.io' && id.kind === 'ArtifactGenerator') {
    return (applied ?? 0) === 0 ? { name: 'nothing' } : { name: 'pruned', waits: false, by: 'source-watcher' };
  }
  return { name: 'nothing' };
}

/** Namespace and name of a Helm release (helm-controller api/v2, GetReleaseName and GetReleaseNamespace). */
function releaseOf({ namespace, name }: ResourceId, object: LiveObject): string {
  const target = liveText(object, 'spec', 'targetNamespace') ?? '';
  const named = liveText(object, 'spec', 'releaseName') || (target === '' ? name : `${target}-${name}`);
  return `${target || namespace}/${named}`;
}

function uninstallNotes(object: LiveObject): readonly string[] {
  const at = (field: string): boolean => liveFlag(object, 'spec', 'uninstall', field);
  return [
    ...(at('disableHooks') ? ['Its hooks do not run.'] : []),
    ...(at('keepHistory') ? ['Its history is kept.'] : []),
    'Definitions from the chart’s crds folder and objects with helm.sh/resource-policy: keep stay.',
  ];
}
