import { resourceKey } from '../../../server/model/resource-id';
import { isListedProtected, isProtected } from '../deletion/protected';
import { findLiveKind } from '../kinds/index';
import { boundedText } from '../live/bounded-text';
import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type Child } from '../relations/children';
import { type LiveView } from '../relations/live-view';
import { standingOf } from '../relations/standing';
import { isCapableKind, keepsHistory } from './capable-kind';
import { childPath, type NodePath } from './node-path';
import { summaryOf } from './summary';
import { treeNode, type NodeCapability, type TreeNode } from './tree-node';

/** What a row says beside the name: that which its parent does not say already. */
export type Detail = 'namespace' | 'kind' | 'both';

/** What can be done with an object as it is now, by its kind and state; whether the user may is for the server to say. */
export function capabilitiesOf(status: LiveStatus, isFavorite: boolean): readonly NodeCapability[] {
  const capabilities = findLiveKind(status.id.group, status.id.kind)?.capabilities;
  const found: NodeCapability[] = [isFavorite ? 'unfavorite' : 'favorite'];
  if (capabilities === undefined) return found;
  const isSuspended = status.suspension !== undefined;
  if (capabilities.suspend !== 'none') found.push(isSuspended ? 'resume' : 'suspend');
  if (capabilities.reconcile && !isSuspended && status.phase !== 'static' && status.phase !== 'deleting') {
    found.push('reconcile');
    if (capabilities.withSource === true) found.push('reconcileWithSource');
    if (status.id.kind === 'HelmRelease') found.push('force');
  }
  if (keepsHistory.has(status.id.kind)) found.push('history');
  if (isCapableKind(status.id, 'applies')) found.push('applies');
  if (status.target !== undefined) found.push('remote');
  return found;
}

export interface ObjectNodeOptions {
  readonly detail: Detail;
  readonly isExpandable: boolean;
  readonly favorites: ReadonlySet<LiveId>;
  /** The object stands above itself: it is shown, but not opened again. */
  readonly isRepeated?: boolean;
}

/** The row of a watched object. */
export function objectNode(
  view: LiveView,
  parent: NodePath | undefined,
  id: LiveId,
  status: LiveStatus,
  options: ObjectNodeOptions,
): TreeNode {
  const { context } = parseLiveId(id) ?? { context: '' };
  const standing = standingOf(view, context, status);
  const place = {
    namespace: [status.id.namespace],
    kind: [status.id.kind],
    both: [status.id.kind, status.id.namespace],
  }[options.detail];
  const repeated = options.isRepeated === true ? ['shown above'] : [];
  const elsewhere = status.target === undefined ? [] : ['applies to another cluster'];
  // The words are those that were last heard; the icon alone must not say so.
  const stale = standing.staleSince === undefined ? [] : ['not connected'];
  return treeNode({
    path: childPath(parent, 'object', id),
    kind: 'object',
    label: boundedText(status.id.name, 300),
    description: [...place, summaryOf(view, id, standing), ...stale, ...elsewhere, ...repeated]
      .filter(Boolean)
      .join(' · '),
    state: standing.state,
    isStale: standing.staleSince !== undefined,
    isExpandable: options.isExpandable && options.isRepeated !== true,
    target: id,
    capabilities: [
      ...capabilitiesOf(status, options.favorites.has(id)),
      ...(isProtected(view, context, status) ? [] : (['delete'] as const)),
    ],
  });
}

/** The row of an object that an inventory lists and nobody watches: no state is claimed. */
export function listedNode(view: LiveView, parent: NodePath, { id, context }: Child): TreeNode {
  const where = context === undefined ? 'in another cluster' : '';
  return treeNode({
    path: childPath(parent, 'listed', context === undefined ? resourceKey(id) : liveId(context, id)),
    kind: 'listed',
    label: boundedText(id.name, 300),
    description: [id.kind, id.namespace, where]
      .filter(Boolean)
      .map((text) => boundedText(text, 300))
      .join(' · '),
    listed: { id, context },
    capabilities: context === undefined || isListedProtected(view, context, id) ? [] : ['delete'],
  });
}
