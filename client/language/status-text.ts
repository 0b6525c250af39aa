import { type ClusterInfo } from '../../server/protocol/repository';
import { type ServerState } from './server-state';

/** What the status item shows; `severity` is the highest thing the user should know about. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly isBusy: boolean;
  /** What the item's link offers: the next step out of this state. */
  readonly action: 'log' | 'restart';
}

/**
 * Words for the server's state, the Flux version that the clusters of the shown root target, and the evidence for it.
 * @param clusters clusters of the root that holds the active editor, in the server's order
 * @param isVirtual true when the workspace has no files on disk
 */
export function statusText(state: ServerState, clusters: readonly ClusterInfo[], isVirtual: boolean): StatusText {
  const busy = { severity: 'information', isBusy: true, action: 'log' } as const;
  const wrong = { isBusy: false, action: 'restart' } as const;
  switch (state.kind) {
    case 'idle':
      return { text: 'Flux: not started', detail: 'No Flux content seen', ...busy, isBusy: false };
    case 'starting':
      return { text: 'Flux: starting', detail: 'The language server is starting', ...busy };
    case 'restarting':
      return {
        text: 'Flux: restarting',
        detail: `The language server ended unexpectedly and starts again in ${state.delay / 1000} s`,
        ...busy,
        severity: 'warning',
      };
    case 'crashed':
      return {
        text: 'Flux: stopped after three crashes',
        detail: 'Nothing is checked until it is restarted',
        severity: 'error',
        ...wrong,
      };
    case 'failed':
      return { text: 'Flux: could not start', detail: state.reason, severity: 'error', ...wrong };
    case 'stopped':
      return { text: 'Flux: stopped', detail: 'The language server was stopped', severity: 'warning', ...wrong };
    case 'mismatched':
      return {
        text: 'Flux: version mismatch',
        detail: `The language server speaks protocol ${state.actual ?? 'unknown'}, this extension ${state.expected}`,
        severity: 'error',
        ...wrong,
      };
    case 'running':
      return { ...runningText(clusters, isVirtual), severity: 'information', isBusy: false, action: 'log' };
  }
}

/** The item is one line; all clusters stand in their view. */
const clustersShown = 3;

function runningText(clusters: readonly ClusterInfo[], isVirtual: boolean): Pick<StatusText, 'text' | 'detail'> {
  if (isVirtual) return { text: 'Flux', detail: 'Virtual workspace: only open documents are checked, each alone' };
  if (clusters.length === 0) return { text: 'Flux', detail: 'No cluster found in this repository' };
  const versions = [...new Set(clusters.map(fluxVersion))];
  const shown = clusters.slice(0, clustersShown);
  const details = shown.map((cluster) => `${cluster.path}: ${fluxVersion(cluster)}, ${cluster.flux.evidence}`);
  const more = clusters.length > shown.length ? [`${clusters.length - shown.length} more`] : [];
  return { text: `Flux ${versions.join(', ')}`, detail: [...details, ...more].join(' · ') };
}

/** Version as it is shown, with a mark when nothing in the repository says so. */
export function fluxVersion({ flux }: Pick<ClusterInfo, 'flux'>): string {
  return flux.isKnown ? flux.text : `${flux.text} (assumed)`;
}
