import { parseAddress } from '../../../server/model/object-address';
import { parseResourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { type AddressText } from '../../../server/protocol/place';
import { liveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { commitOf, shortRevision } from '../live/revision';
import { contextOfApplied, type LiveView } from '../relations/live-view';
import { standingOf, type Standing } from '../relations/standing';
import { type FileDifference } from './file-difference';

/** Which context a cluster of a repository is, as the user bound it on this machine. */
export interface ClusterContexts {
  /** @param root URI of the repository's folder @param cluster path of the cluster in it; undefined: nobody bound it */
  contextOf(root: string, cluster: string): string | undefined;
}

/** A revision of the repository that a cluster has: as it is shown, and its commit where it is one of Git. */
export interface AppliedRevision {
  readonly text: string;
  readonly commit: string | undefined;
}

/** One object of a file in one cluster, with all that there is to say of it there. */
export type ObjectInFile = { readonly cluster: string; readonly address: AddressText } & (
  | { readonly kind: 'unbound' }
  /** Who applies it does so to another cluster, by a kubeconfig that no context is bound to. */
  | { readonly kind: 'elsewhere'; readonly context: string }
  /** The context is bound and not connected, has not been heard of yet, may not be asked, or has no such object. */
  | { readonly kind: 'not-connected' | 'loading' | 'forbidden' | 'not-there'; readonly context: string }
  | {
      readonly kind: 'live';
      readonly context: string;
      readonly id: LiveId;
      readonly standing: Standing;
      /** The revision of the file that counts in the cluster. */
      readonly revision: AppliedRevision;
    }
);

/** Joins an object of a file, by its address, with what is known of the cluster that it is rendered for. */
export function objectInFile(
  view: LiveView,
  contexts: ClusterContexts,
  root: string,
  addressText: AddressText,
): ObjectInFile | undefined {
  const address = parseAddress(addressText);
  if (address === undefined) return undefined;
  const { cluster, owner, object } = address;
  const here = { cluster, address: addressText };
  const bound = contexts.contextOf(root, cluster);
  if (bound === undefined) return { kind: 'unbound', ...here };
  if (view.find(bound) === undefined) return { kind: 'not-connected', ...here, context: bound };
  // The cluster of the file may have a namesake of what is applied to another one.
  if (owner !== '' && absenceOf(view, bound, owner) === 'loading' && view.statusIn(bound, owner) === undefined) {
    return { kind: 'loading', ...here, context: bound };
  }
  const context = contextOfApplied(view, bound, owner);
  if (context === undefined) return { kind: 'elsewhere', ...here, context: bound };
  if (view.find(context) === undefined) return { kind: 'not-connected', ...here, context };
  const status = view.statusIn(context, object);
  if (status === undefined) return { kind: absenceOf(view, context, object), ...here, context };
  // What a Flux Kustomization applies has the revision that it applied; the entry point has its own.
  const applier = (owner === '' ? undefined : view.statusIn(bound, owner)) ?? status;
  return {
    ...{ kind: 'live', ...here, context, id: liveId(context, object) },
    standing: standingOf(view, context, status),
    revision: appliedRevision(applier),
  };
}

/** Only a watch that is live can tell that something is not there. */
function absenceOf(view: LiveView, context: string, key: ResourceKey): 'loading' | 'forbidden' | 'not-there' {
  const id = parseResourceKey(key);
  switch (id && view.stateOf(context, id)?.name) {
    case 'live':
    case 'absent':
      return 'not-there';
    case 'forbidden':
      return 'forbidden';
    default:
      return 'loading';
  }
}

/** What an applier has applied: of an OCI artifact the revision that it was made of. */
export function appliedRevision({ revisions }: Pick<LiveStatus, 'revisions'>): AppliedRevision {
  const { applied, appliedOrigin } = revisions;
  return {
    text: shortRevision(appliedOrigin ?? applied),
    commit: commitOf(appliedOrigin) ?? commitOf(applied),
  };
}

// With these kustomize-controller has not come to note what it attempts: the revision that stands there is of an earlier time,
// and what failed is the spec that it has looked at.
const beforeAttempt: ReadonlySet<string> = new Set(['ArtifactFailed', 'DependencyNotReady', 'AccessDenied']);

/** Whether a failure may be laid to a field: what failed is what stands in the editor. */
export function isOfThisText(
  { standing: { status }, revision }: Extract<ObjectInFile, { kind: 'live' }>,
  difference: FileDifference | undefined,
): boolean {
  if (difference !== 'same' || status.lagsGeneration) return false;
  if (status.id.kind !== 'Kustomization' || beforeAttempt.has(status.reason)) return true;
  const attempted = commitOf(status.revisions.attempted);
  // A later attempt is of a later commit, in which the file may be another.
  return attempted === undefined || attempted === revision.commit;
}

/** Of the addresses that a document renders to, those of the object that it declares. */
export function addressesOf(
  addresses: readonly string[],
  { group, kind }: { readonly group: string; readonly kind: string },
): readonly string[] {
  return addresses.filter((text) => {
    const id = parseResourceKey(parseAddress(text)?.object ?? '');
    return id?.group === group && id.kind === kind;
  });
}
