import { resourceKey, type ResourceId } from '../../../server/model/resource-id';
import { formatInventoryEntry, parseInventoryEntry } from '../live/inventory';
import { liveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from '../relations/live-view';

const operator = 'fluxcd.controlplane.io';
const apply = 'kustomize.toolkit.fluxcd.io';

/**
 * Why an object is never offered for deletion: without a FluxInstance, the root sync or its source nothing of the cluster
 * comes from Git any more, and their definitions and namespace take them along.
 * @returns one sentence; undefined when it may be deleted
 */
export function protectedReason(view: LiveView, context: string, id: ResourceId): string | undefined {
  const name = `${id.kind} ${id.namespace === '' ? '' : `${id.namespace}/`}${id.name}`;
  if (id.group === operator && id.kind === 'FluxInstance') {
    return `${name} is the installation of Flux itself. It is not deleted from here.`;
  }
  const scopes = [...(view.find(context)?.scopes.values() ?? [])];
  if (
    !scopes.some(({ scope, state }) => scope.group === apply && scope.kind === 'Kustomization' && state.name === 'live')
  ) {
    return `The Kustomizations of ${context} are not known now, so nobody can tell what its root sync is. Nothing is deleted.`;
  }
  const key = resourceKey(id);
  const roots = rootsOf(view, context);
  for (const root of roots) {
    if (root.key === key) return `${name} is the root sync of the cluster. It is not deleted from here.`;
    if (root.sources.includes(key)) return `${name} is the source of the root sync. It is not deleted from here.`;
    if (id.group === '' && id.kind === 'Namespace' && id.name === root.id.namespace) {
      return `${name} holds the root sync of the cluster. It is not deleted from here.`;
    }
  }
  const isDefinition = id.group === 'apiextensions.k8s.io' && id.kind === 'CustomResourceDefinition';
  if (
    isDefinition &&
    /\.(?:[a-z]+\.)*toolkit\.fluxcd\.io$|\.fluxcd\.controlplane\.io$|\.source\.extensions\.fluxcd\.io$/.test(id.name)
  ) {
    return `${name} defines a kind of Flux: all its objects would go with it. It is not deleted from here.`;
  }
  return undefined;
}

/**
 * The Kustomizations from which all others come: those that apply themselves (flux bootstrap), those that a FluxInstance
 * applies, and what is called as bootstrap calls it.
 */
export function rootsOf(view: LiveView, context: string): readonly LiveStatus[] {
  const found = new Map<string, LiveStatus>();
  const add = (status: LiveStatus | undefined): void => {
    if (status !== undefined && status.id.kind === 'Kustomization') found.set(liveId(context, status.key), status);
  };
  const here = view.find(context);
  for (const status of here?.ofKind(apply, 'Kustomization') ?? []) {
    const appliesItself = status.inventory?.includes(formatInventoryEntry(status.id)) === true;
    if (appliesItself || (status.id.name === 'flux-system' && status.id.namespace === 'flux-system')) add(status);
  }
  for (const instance of here?.ofKind(operator, 'FluxInstance') ?? []) {
    for (const entry of instance.inventory ?? []) {
      const id = parseInventoryEntry(entry);
      if (id?.group === apply) add(here?.get(resourceKey(id)));
    }
  }
  return [...found.values()];
}
