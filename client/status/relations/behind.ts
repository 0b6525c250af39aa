import { describe, parseResourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { shortRevision } from '../live/revision';
import { type LiveView } from './live-view';
import { isOverdue } from './overdue';
import { parentsOf } from './parents';
import { differsFromSource } from './revision-behind';
import { sourceChain, sourceLink } from './sources';

export type BehindCause =
  | 'generation'
  | 'revision'
  | 'source-missing'
  | 'source-failed'
  | 'source-suspended'
  | 'parent-failed'
  | 'parent-waiting'
  | 'parent-suspended'
  | 'overdue';

/** Why what an object shows may be older than what Git says. */
export interface Behind {
  readonly cause: BehindCause;
  /** The object that is to blame; undefined when it is the object itself. */
  readonly by: LiveId | undefined;
  /** One short sentence. */
  readonly text: string;
}

/** How messages name an object by its key. */
export function describeKey(key: ResourceKey): string {
  const id = parseResourceKey(key);
  return id === undefined ? key : describe(id);
}

// With these reasons a parent has applied everything, and only what came after went wrong.
const appliedAnyway = new Set(['HealthCheckFailed', 'HealthCheckCanceled', 'PruneFailed']);

/** Every reason for which an object may be behind, most telling first; empty when there is none. */
export function behindOf(view: LiveView, context: string, status: LiveStatus): readonly Behind[] {
  if (status.phase === 'deleting') return [];
  return [
    ...generationBehind(status),
    ...revisionBehind(view, context, status),
    ...sourcesBehind(view, context, status),
    ...parentsBehind(view, context, status),
    ...overdueBehind(view, status),
  ];
}

function generationBehind(status: LiveStatus): readonly Behind[] {
  if (!status.lagsGeneration) return [];
  return [{ cause: 'generation', by: undefined, text: 'Its controller has not looked at the present spec.' }];
}

function revisionBehind(view: LiveView, context: string, status: LiveStatus): readonly Behind[] {
  return status.sources.flatMap((key) => {
    const source = sourceLink(view, context, key).status;
    if (source === undefined || differsFromSource(status, source) !== true) return [];
    const { applied, observedSource } = status.revisions;
    const seen = shortRevision(status.id.kind === 'HelmChart' ? observedSource : applied);
    const text = `${describe(source.id)} serves ${shortRevision(source.revisions.artifact)}, applied is ${seen}.`;
    return [{ cause: 'revision', by: liveId(context, key), text }];
  });
}

function sourcesBehind(view: LiveView, context: string, status: LiveStatus): readonly Behind[] {
  return sourceChain(view, context, status).flatMap(({ key, status: source, isKnown }): readonly Behind[] => {
    const by = liveId(context, key);
    const name = describeKey(key);
    if (source === undefined) {
      // Nobody has written the HelmChart of a release that was suspended from the first.
      if (status.phase === 'suspended' && parseResourceKey(key)?.kind === 'HelmChart') return [];
      return isKnown ? [{ cause: 'source-missing', by, text: `${name} does not exist.` }] : [];
    }
    if (source.phase === 'suspended' && !isAddress(source)) {
      return [{ cause: 'source-suspended', by, text: `${name} is suspended, so nothing new is fetched.` }];
    }
    const isFailing = source.phase === 'failed' || source.phase === 'stalled';
    return isFailing ? [{ cause: 'source-failed', by, text: `${name} fails: ${source.reason}.` }] : [];
  });
}

/** A HelmRepository of a registry fetches nothing: its charts are pulled by name, be it suspended or not (source-controller). */
const isAddress = ({ id, facts }: LiveStatus): boolean =>
  id.kind === 'HelmRepository' && facts?.kind === 'source' && facts.url.startsWith('oci://');

function parentsBehind(view: LiveView, context: string, status: LiveStatus): readonly Behind[] {
  return parentsOf(view, context, status).flatMap((by): readonly Behind[] => {
    const parent = view.get(by);
    // Who makes an artifact is its source, too, and has been looked at as one.
    if (parent === undefined || status.sources.includes(parent.key)) return [];
    const name = describeKey(parseLiveId(by)?.key ?? '');
    if (parent.phase === 'suspended') {
      return [{ cause: 'parent-suspended', by, text: `${name}, which applies it, is suspended.` }];
    }
    // A release writes its HelmChart before it looks at dependencies or installs anything (helm-controller, reconcileChartTemplate).
    if (parent.sources.includes(status.key)) return [];
    switch (parent.phase) {
      case 'waiting':
        return [{ cause: 'parent-waiting', by, text: `${name}, which applies it, waits for a dependency.` }];
      case 'failed':
      case 'stalled':
        if (appliedAnyway.has(parent.reason)) return [];
        return [{ cause: 'parent-failed', by, text: `${name}, which applies it, fails: ${parent.reason}.` }];
      default:
        return [];
    }
  });
}

function overdueBehind(view: LiveView, status: LiveStatus): readonly Behind[] {
  if (!isOverdue(status, view.now())) return [];
  return [{ cause: 'overdue', by: undefined, text: 'It has not been reconciled for three intervals.' }];
}
