import { parseResourceKey } from '../../server/model/resource-id';
import { syncedCommit, type CommitGraph } from './commit-graph';
import { liveId, parseLiveId, type LiveId } from './live/live-id';
import { type LiveStatus } from './live/live-status';
import { commitOf, shortRevision } from './live/revision';
import { describeKey } from './relations/behind';
import { type LiveView } from './relations/live-view';
import { rootCauseOf } from './relations/root-cause';
import { isFailing, standingOf } from './relations/standing';

export type CommitState =
  'unknown' | 'not-on-synced-ref' | 'not-fetched' | 'fetched' | 'applied-unchecked' | 'live' | 'failed';

/** Where a commit is on its way, and the object that says so. */
export interface CommitStatus {
  readonly state: CommitState;
  readonly object: LiveId | undefined;
  readonly text: string;
}

/** A commit and the objects of one context that it changes. */
export interface CommitQuestion {
  readonly commit: string;
  readonly context: string;
  /** Kustomizations that apply what the commit changed. */
  readonly appliers: readonly LiveId[];
  /** Objects that it changed and that have a state of their own: HelmReleases, Kustomizations below. */
  readonly objects: readonly LiveId[];
}

// What holds a commit back first is what there is to say; a failure comes before all.
const urgency: readonly CommitState[] = [
  'failed',
  'not-on-synced-ref',
  'not-fetched',
  'fetched',
  'unknown',
  'applied-unchecked',
  'live',
];

/**
 * "Is my commit live?": the least advanced of all that it changes. Live only when every one is; a commit that changes nothing
 * known is `unknown`.
 */
export async function commitStatus(
  view: LiveView,
  graph: CommitGraph,
  question: CommitQuestion,
): Promise<CommitStatus> {
  const found = await Promise.all(question.appliers.map((id) => applierStatus(view, graph, question.commit, id)));
  if (found.length === 0)
    return { state: 'unknown', object: undefined, text: 'No Kustomization applies what it changes.' };
  const isApplied = found.every(({ state }) => state === 'live' || state === 'applied-unchecked');
  if (isApplied) found.push(...question.objects.flatMap((id) => objectStatus(view, id)));
  return leastAdvanced(found);
}

/** Of some answers the one that holds a commit back most; the first of several. */
export function leastAdvanced(found: readonly CommitStatus[]): CommitStatus {
  const none: CommitStatus = { state: 'live', object: undefined, text: '' };
  return found.reduce(
    (worst, next) => (urgency.indexOf(next.state) < urgency.indexOf(worst.state) ? next : worst),
    found[0] ?? none,
  );
}

/** The word for a state, the same everywhere. */
export const commitWords: Readonly<Record<CommitState, string>> = {
  live: 'live',
  'applied-unchecked': 'applied, not health-checked',
  failed: 'failed',
  'not-on-synced-ref': 'not on the synced ref',
  'not-fetched': 'not fetched yet',
  fetched: 'fetched, not applied yet',
  unknown: 'not known',
};

async function applierStatus(view: LiveView, graph: CommitGraph, commit: string, id: LiveId): Promise<CommitStatus> {
  const address = parseLiveId(id);
  const status = address && view.statusIn(address.context, address.key);
  const name = describeKey(address?.key ?? id);
  const say = (state: CommitState, object: LiveId | undefined, text: string): CommitStatus => ({ state, object, text });
  if (address === undefined || status === undefined) return say('unknown', id, absenceText(view, id, name));
  if (standingOf(view, address.context, status).staleSince !== undefined) {
    return say('unknown', id, `Nothing is heard of ${name} at present.`);
  }
  const { revisions } = status;
  const applied = commitOf(revisions.appliedOrigin) ?? commitOf(revisions.applied);
  const isApplied = applied === undefined ? false : await graph.isAncestor(commit, applied);
  if (isApplied === true) return appliedStatus(view, address.context, id, status);
  const [sourceKey] = status.sources;
  const source = sourceKey === undefined ? undefined : view.statusIn(address.context, sourceKey);
  const sourceId = sourceKey === undefined ? undefined : liveId(address.context, sourceKey);
  if (source === undefined || sourceId === undefined) return say('unknown', id, `The source of ${name} is not known.`);
  const fetched = commitOf(source.revisions.artifactOrigin) ?? commitOf(source.revisions.artifact);
  const sourceName = describeKey(source.key);
  if (standingOf(view, address.context, source).staleSince !== undefined) {
    return say('unknown', sourceId, `Nothing is heard of ${sourceName} at present.`);
  }
  // What an artifact was made of is known of Git alone, and of others where their artifacts say so.
  if (fetched === undefined && source.revisions.artifact !== undefined) {
    return say('unknown', sourceId, `The artifact of ${sourceName} does not say which commit it was made of.`);
  }
  const isFetched = fetched === undefined ? false : await graph.isAncestor(commit, fetched);
  if (isFetched === undefined || isApplied === undefined) {
    return say(
      'unknown',
      sourceId,
      `Git here does not know ${shortRevision(source.revisions.artifact)} of ${sourceName}.`,
    );
  }
  if (!isFetched) return unfetchedStatus(graph, commit, source, sourceId);
  return unappliedStatus(view, graph, commit, id, status);
}

/** Only a watch that is live can tell that something is not there. */
function absenceText(view: LiveView, live: LiveId, name: string): string {
  const address = parseLiveId(live);
  const id = address && parseResourceKey(address.key);
  const watch = address && id && view.stateOf(address.context, id)?.name;
  if (watch === 'live' || watch === 'absent') return `${name} is not in the cluster.`;
  return watch === 'forbidden' ? `${name} may not be listed with this login.` : `${name} is not known yet.`;
}

function appliedStatus(view: LiveView, context: string, id: LiveId, status: LiveStatus): CommitStatus {
  const name = describeKey(status.key);
  const revision = shortRevision(status.revisions.applied);
  if (isFailing(status)) {
    return { state: 'failed', object: id, text: `${name} applied it, and has failed since: ${status.reason}.` };
  }
  const { isUnchecked, staleSince, behind } = standingOf(view, context, status);
  if (staleSince !== undefined)
    return { state: 'unknown', object: id, text: `Nothing is heard of ${name} at present.` };
  const isSettled = status.phase === 'ready' && !behind.some(({ cause }) => cause === 'generation');
  if (!isSettled && status.phase !== 'suspended') {
    return { state: 'fetched', object: id, text: `${name} applied it before, and is not ready now: ${status.phase}.` };
  }
  if (status.phase === 'suspended') {
    const text = `${name} applied ${revision}. It is suspended, so nothing checks its health now.`;
    return { state: 'applied-unchecked', object: id, text };
  }
  return isUnchecked || status.health === 'unchecked'
    ? { state: 'applied-unchecked', object: id, text: `${name} applied ${revision}. Nothing checks its health.` }
    : { state: 'live', object: id, text: `${name} applied ${revision}, and its objects are healthy.` };
}

async function unappliedStatus(
  view: LiveView,
  graph: CommitGraph,
  commit: string,
  id: LiveId,
  status: LiveStatus,
): Promise<CommitStatus> {
  const name = describeKey(status.key);
  if (status.phase === 'suspended') {
    return { state: 'fetched', object: id, text: `${name} is suspended, so it does not apply it.` };
  }
  const attempted = commitOf(status.revisions.attempted);
  // OCI artifacts say what they were made of only once applied; the digest attempted is compared with nothing here.
  const isAttempted = attempted === undefined || (await graph.isAncestor(commit, attempted)) !== false;
  if (isFailing(status) && isAttempted) {
    const root = rootCauseOf(view, id);
    const cause =
      root === undefined || root.path.length === 0
        ? ''
        : ` because of ${describeKey(parseLiveId(root.root)?.key ?? '')}`;
    return { state: 'failed', object: root?.root ?? id, text: `${name} could not apply it${cause}: ${status.reason}.` };
  }
  const waits = status.phase === 'waiting' ? ', which waits for a dependency' : '';
  return { state: 'fetched', object: id, text: `It is fetched and not yet applied by ${name}${waits}.` };
}

async function unfetchedStatus(
  graph: CommitGraph,
  commit: string,
  source: LiveStatus,
  id: LiveId,
): Promise<CommitStatus> {
  const name = describeKey(source.key);
  const ref = source.facts?.kind === 'source' ? source.facts.ref : {};
  // A tag of a registry says nothing about Git: whether the commit was pushed there shows only once it is fetched.
  const isGit = source.id.kind === 'GitRepository';
  const synced = isGit ? await syncedCommit(graph, ref) : undefined;
  const isOnRef = synced?.commit === undefined ? undefined : await graph.isAncestor(commit, synced.commit);
  if (synced !== undefined && isOnRef === false) {
    return { state: 'not-on-synced-ref', object: id, text: `${name} follows ${synced.name}, which does not hold it.` };
  }
  if (isFailing(source)) return { state: 'failed', object: id, text: `${name} cannot be fetched: ${source.reason}.` };
  if (source.phase === 'suspended') {
    return { state: 'not-fetched', object: id, text: `${name} is suspended, so it does not fetch it.` };
  }
  return { state: 'not-fetched', object: id, text: `${name} has not fetched it yet.` };
}

function objectStatus(view: LiveView, id: LiveId): readonly CommitStatus[] {
  const address = parseLiveId(id);
  const status = address && view.statusIn(address.context, address.key);
  if (address === undefined || status === undefined) return [];
  const name = describeKey(status.key);
  const { state, staleSince } = standingOf(view, address.context, status);
  if (staleSince !== undefined) {
    return [{ state: 'unknown', object: id, text: `Nothing is heard of ${name} at present.` }];
  }
  if (isFailing(status)) return [{ state: 'failed', object: id, text: `${name} fails: ${status.reason}.` }];
  if (status.phase === 'static' || state === 'ready') return [];
  if (state === 'unchecked' || state === 'empty') {
    return [{ state: 'applied-unchecked', object: id, text: `${name} is applied. Nothing checks its health.` }];
  }
  return [{ state: 'fetched', object: id, text: `${name} is not ready yet: ${state}.` }];
}
