import { describe, type ResourceId } from '../../../server/model/resource-id';
import { boundedText } from '../live/bounded-text';
import { liveItems, liveNumber, liveText } from '../live/live-value';
import { type LiveObject, type LiveValue } from '../object-sink';

/**
 * What an object keeps of its past, newest first: the releases of a HelmRelease (helm-controller api/v2, Snapshot), the
 * reconciliations of kinds with `status.history` (fluxcd/pkg apis/meta, Snapshot), or that it keeps none.
 */
export function historyText(id: ResourceId, context: string, object: LiveObject): string {
  const head = `History of ${describe(id)} in ${context}, newest first`;
  const entries = liveItems(object, 'status', 'history').map(id.kind === 'HelmRelease' ? releaseEntry : appliedEntry);
  if (entries.length > 0) return `${[head, ...entries].join('\n\n')}\n`;
  const none =
    id.kind === 'Kustomization'
      ? 'It keeps none. Flux 2.7 and newer keep the last five reconciliations.'
      : 'It keeps none.';
  return `${head}\n\n${none}\n`;
}

function releaseEntry(entry: LiveValue): string {
  const text = (name: string): string => liveText(entry, name) ?? '';
  const number = liveNumber(entry, 'version');
  return paragraph(`Release ${text('namespace')}/${text('name')} version ${number ?? '?'}: ${text('status')}`, [
    ['Chart', [text('chartName'), text('chartVersion')].filter(Boolean).join(' ')],
    ['App version', text('appVersion')],
    ['Action', text('action')],
    ['First deployed', text('firstDeployed')],
    ['Last deployed', text('lastDeployed')],
    ['Deleted', text('deleted')],
    ['Config digest', text('configDigest')],
    ['OCI digest', text('ociDigest')],
  ]);
}

function appliedEntry(entry: LiveValue): string {
  const text = (...path: string[]): string => liveText(entry, ...path) ?? '';
  const total = liveNumber(entry, 'totalReconciliations');
  const revision = text('metadata', 'revision');
  return paragraph(`${text('lastReconciledStatus') || 'Unknown'}${revision === '' ? '' : `: ${revision}`}`, [
    ['Origin revision', text('metadata', 'originRevision')],
    ['First reconciled', text('firstReconciled')],
    ['Last reconciled', text('lastReconciled')],
    ['Took', text('lastReconciledDuration')],
    ['Reconciliations', total === undefined ? '' : String(total)],
    ['Digest', text('digest')],
  ]);
}

function paragraph(title: string, lines: readonly (readonly [string, string])[]): string {
  const filled = lines.filter(([, value]) => value !== '');
  return [title, ...filled.map(([name, value]) => `    ${`${name}:`.padEnd(18)}${value}`)]
    .map((line) => boundedText(line, 500))
    .join('\n');
}
