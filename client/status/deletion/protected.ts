import { describe, resourceKey, type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { formatInventoryEntry } from '../live/inventory';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from '../relations/live-view';
import { type ContextObjects } from '../store/context-objects';

const operator = 'fluxcd.controlplane.io';
const apply = 'kustomize.toolkit.fluxcd.io';

/**
 * Why an object is never offered for deletion: without a FluxInstance, the root sync or its source nothing of the cluster
 * comes from Git any more, and their definitions and namespace take them along.
 * @param roots those of the context, where several objects are asked about
 * @returns one sentence; undefined when it may be deleted
 */
export function protectedReason(
  view: LiveView,
  context: string,
  id: ResourceId,
  roots: readonly LiveStatus[] = rootsOf(view, context),
): string | undefined {
  const name = `${id.kind} ${id.namespace === '' ? '' : `${id.namespace}/`}${id.name}`;
  if (id.group === operator && id.kind === 'FluxInstance') {
    return `${name} is the installation of Flux itself. It is not deleted from here.`;
  }
  if (!isWatched(view, context)) {
    return `The Kustomizations of ${context} are not known now, so nobody can tell what its root sync is. Nothing is deleted.`;
  }
  const key = resourceKey(id);
  for (const root of roots) {
    if (root.key === key) return `${name} is the root sync of the cluster. It is not deleted from here.`;
    if (root.sources.includes(key)) return `${name} is the source of the root sync. It is not deleted from here.`;
  }
  if (id.group === '' && id.kind === 'Namespace') {
    const held = heldIn(view, context, id.name, roots);
    if (held !== undefined) return `${name} holds ${held}. It is not deleted from here.`;
  }
  return isDefinition(id)
    ? `${name} defines a kind of Flux: all its objects would go with it. It is not deleted from here.`
    : undefined;
}

const isDefinition = ({ group, kind, name }: ResourceId): boolean =>
  group === 'apiextensions.k8s.io' &&
  kind === 'CustomResourceDefinition' &&
  /\.(?:[a-z]+\.)*toolkit\.fluxcd\.io$|\.fluxcd\.controlplane\.io$|\.source\.extensions\.fluxcd\.io$/.test(name);

/** What of Flux itself is in a namespace. */
function heldIn(view: LiveView, context: string, namespace: string, roots: readonly LiveStatus[]): string | undefined {
  const here = view.find(context);
  const isIn = ({ id }: LiveStatus): boolean => id.namespace === namespace;
  if (roots.some(isIn)) return 'the root sync of the cluster';
  const sources = roots.flatMap((root) => root.sources.flatMap((key) => here?.get(key) ?? []));
  if (sources.some(isIn)) return 'the source of the root sync';
  if ([...(here?.ofKind(operator, 'FluxInstance') ?? [])].some(isIn)) return 'the installation of Flux';
  return [...(here?.ofKind('apps', 'Deployment') ?? [])].some(isIn) ? 'controllers of Flux' : undefined;
}

/**
 * Why an object is not deleted for what would go with it: what is never offered for deletion is not taken along either.
 * @param lost what goes with the object, and the context in which it lives; undefined in a cluster that is bound to none
 * @returns two sentences; undefined when nothing of that is among it
 */
export function takesAlong(
  view: LiveView,
  id: ResourceId,
  lost: readonly { readonly id: ResourceId; readonly context: string | undefined }[],
): string | undefined {
  const roots = new Map<string, readonly LiveStatus[]>();
  for (const { id: one, context } of lost) {
    const isKnown = context !== undefined && isWatched(view, context);
    if (isKnown && !roots.has(context)) roots.set(context, rootsOf(view, context));
    const reason = isKnown ? protectedReason(view, context, one, roots.get(context)) : unseenReason(one);
    if (reason !== undefined) return `Deleting ${describe(id)} deletes ${describe(one)}, too. ${reason}`;
  }
  return undefined;
}

/** The same where nothing is known of the cluster: what is named as bootstrap names it, or is of Flux itself. */
function unseenReason(id: ResourceId): string | undefined {
  const isInstance = id.group === operator && id.kind === 'FluxInstance';
  if (!isInstance && !isDefinition(id) && !isNamedAsRoot(id)) return undefined;
  return 'Nothing of that cluster would come from Git any more. It is not deleted from here.';
}

const isNamedAsRoot = ({ group, kind, namespace, name }: ResourceId): boolean =>
  group === apply && kind === 'Kustomization' && name === 'flux-system' && namespace === 'flux-system';

/** Whether it is known now which Kustomizations there are. */
function isWatched(view: LiveView, context: string): boolean {
  const scopes = [...(view.find(context)?.scopes.values() ?? [])];
  return scopes.some(
    ({ scope, state }) => scope.group === apply && scope.kind === 'Kustomization' && state.name === 'live',
  );
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
  if (isNamedAsRoot(id)) return true;
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
  return isSourceOfRoot(here, status.key);
}

/**
 * The same of an object that is only listed, for a row that is drawn among hundreds: each looks at its own edges. A namespace
 * that holds nothing of the root but its source is offered, and refused by the command.
 */
export function isListedProtected(view: LiveView, context: string, id: ResourceId): boolean {
  const isInstance = id.group === operator && id.kind === 'FluxInstance';
  if (isInstance || isDefinition(id) || isNamedAsRoot(id)) return true;
  const here = view.find(context);
  if (here === undefined) return false;
  if (id.group === '' && id.kind === 'Namespace') {
    const isIn = (status: LiveStatus): boolean => status.id.namespace === id.name;
    return (
      [...here.ofKind(apply, 'Kustomization')].some((status) => isIn(status) && isRoot(here, status)) ||
      [...here.ofKind(operator, 'FluxInstance'), ...here.ofKind('apps', 'Deployment')].some(isIn)
    );
  }
  return isSourceOfRoot(here, resourceKey(id));
}

const isSourceOfRoot = (here: ContextObjects, key: ResourceKey): boolean =>
  [...here.sources.into(key)].some((user) => {
    const status = here.get(user);
    return status !== undefined && isRoot(here, status);
  });
