import { resourceKey, type ResourceId } from '../../../server/model/resource-id';
import { formatInventoryEntry } from '../live/inventory';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from '../relations/live-view';
import { type ContextObjects } from '../store/context-objects';

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
  const here = view.find(context);
  if (here === undefined) return [];
  return [...here.ofKind(apply, 'Kustomization')].filter((status) => isRoot(here, status));
}

function isRoot(here: ContextObjects, { id, inventory }: LiveStatus): boolean {
  if (id.kind !== 'Kustomization' || id.group !== apply) return false;
  if (id.name === 'flux-system' && id.namespace === 'flux-system') return true;
  const entry = formatInventoryEntry(id);
  if (inventory?.includes(entry) === true) return true;
  return [...here.ofKind(operator, 'FluxInstance')].some((instance) => instance.inventory?.includes(entry) === true);
}

/**
 * Whether a watched object is one that is never offered for deletion: the same as {@link protectedReason} says, for a row
 * that is drawn often.
 */
export function isProtected(view: LiveView, context: string, status: LiveStatus): boolean {
  const here = view.find(context);
  if (status.id.group === operator && status.id.kind === 'FluxInstance') return true;
  if (here === undefined || isRoot(here, status)) return true;
  return [...here.sources.into(status.key)].some((key) => {
    const user = here.get(key);
    return user !== undefined && isRoot(here, user);
  });
}
