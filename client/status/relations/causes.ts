import { parseResourceKey, resourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { liveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { behindOf } from './behind';
import { childrenOf } from './children';
import { type LiveView } from './live-view';
import { differsFromSource } from './revision-behind';
import { sourceLink } from './sources';

/** What keeps an object from being what it should. */
export interface Cause {
  readonly id: LiveId;
  readonly relation: 'dependency' | 'source' | 'child' | 'surroundings';
}

// With these reasons the fault lies with the source, whatever else is wrong.
const sourceReasons = new Set([
  'ArtifactFailed',
  'SourceNotReady',
  'SourceUnavailable',
  'NoSourceArtifact',
  'SourceFetchFailed',
]);
const healthReasons = new Set(['HealthCheckFailed', 'ReconciliationFailed']);

/** What blocks an object directly, in the order of its fields; empty when it is itself the cause, or nothing is wrong. */
export function directCauses(view: LiveView, context: string, status: LiveStatus): readonly Cause[] {
  switch (status.phase) {
    case 'waiting':
      return [...unmetDependencies(view, context, status), ...sourceCauses(view, context, status)];
    case 'failed':
    case 'stalled':
      return [...sourceCauses(view, context, status), ...failingChildren(view, context, status)];
    case 'ready':
      return behindOf(view, context, status).flatMap(({ by, cause }) =>
        by === undefined || cause === 'revision' ? [] : [{ id: by, relation: 'surroundings' }],
      );
    default:
      return [];
  }
}

/** The dependencies that kustomize-controller and helm-controller would not accept (checkDependencies); a `readyExpr` is not evaluated. */
function unmetDependencies(view: LiveView, context: string, status: LiveStatus): readonly Cause[] {
  return status.dependsOn.flatMap((key) => {
    const dependency = view.statusIn(context, key);
    const isMissing = dependency === undefined && isKnown(view, context, key);
    const isUnmet = dependency !== undefined && !isMet(view, context, status, dependency);
    return isMissing || isUnmet ? [{ id: liveId(context, key), relation: 'dependency' as const }] : [];
  });
}

function isMet(view: LiveView, context: string, status: LiveStatus, dependency: LiveStatus): boolean {
  const ready = dependency.conditions.find(({ type }) => type === 'Ready');
  const hasConditions = dependency.conditions.length > 0;
  if (hasConditions ? ready?.status !== 'True' : dependency.phase !== 'ready') return false;
  if (dependency.lagsGeneration) return false;
  return !dependency.sources.some((key) => {
    const source = status.sources.includes(key) ? view.statusIn(context, key) : undefined;
    return source !== undefined && differsFromSource(dependency, source) === true;
  });
}

function sourceCauses(view: LiveView, context: string, status: LiveStatus): readonly Cause[] {
  return status.sources.flatMap((key) => {
    const { status: source, isKnown: isKindKnown } = sourceLink(view, context, key);
    const cause: Cause = { id: liveId(context, key), relation: 'source' };
    if (source === undefined) return isKindKnown ? [cause] : [];
    const isWell = source.phase === 'ready' || source.phase === 'static' || source.phase === 'reconciling';
    if (isWell) return [];
    return sourceReasons.has(status.reason) || status.phase === 'waiting' ? [cause] : [];
  });
}

function failingChildren(view: LiveView, context: string, status: LiveStatus): readonly Cause[] {
  if (status.health !== 'checked' || !healthReasons.has(status.reason)) return [];
  return (childrenOf(view, context, status) ?? []).flatMap(({ id, context: at, status: child }) => {
    if (child === undefined || at === undefined) return [];
    const isFaulty = child.phase === 'failed' || child.phase === 'stalled' || child.phase === 'waiting';
    return isFaulty ? [{ id: liveId(at, resourceKey(id)), relation: 'child' as const }] : [];
  });
}

function isKnown(view: LiveView, context: string, key: ResourceKey): boolean {
  const id = parseResourceKey(key);
  return id !== undefined && view.stateOf(context, id)?.name === 'live';
}
