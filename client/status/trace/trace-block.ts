import { type ResourceId } from '../../../server/model/resource-id';
import { liveItems, liveText } from '../live/live-value';
import { type LiveObject, type LiveValue } from '../object-sink';

/** One object on the way from a source to what it becomes. */
export interface TraceBlock {
  readonly id: ResourceId;
  readonly title: string;
  /** Name and value, as `flux trace` prints them. */
  readonly lines: readonly (readonly [string, string])[];
}

/** What is said of who applies: a Kustomization, a HelmRelease, or a kind of the Flux Operator. */
export function applierBlock(id: ResourceId, object: LiveObject): TraceBlock {
  const text = (...path: string[]): string => liveText(object, ...path) ?? '';
  const isRelease = id.kind === 'HelmRelease';
  return {
    id,
    title: id.name,
    lines: [
      ['Namespace', id.namespace],
      ...filled('Target', text('spec', 'targetNamespace')),
      ...(id.kind === 'Kustomization' ? ([['Path', text('spec', 'path')]] as const) : []),
      ['Revision', text('status', isRelease ? 'lastAttemptedRevision' : 'lastAppliedRevision')],
      ...readyLines(object, false),
    ],
  };
}

const origin: readonly (readonly [string, string])[] = [
  ['Origin Source', 'org.opencontainers.image.source'],
  ['Origin Revision', 'org.opencontainers.image.revision'],
];

/** What is said of a source. */
export function sourceBlock(id: ResourceId, object: LiveObject): TraceBlock {
  const text = (...path: string[]): string => liveText(object, ...path) ?? '';
  const isChart = id.kind === 'HelmChart';
  return {
    id,
    title: id.name,
    lines: [
      ['Namespace', id.namespace],
      ...(isChart
        ? ([
            ['Chart', text('spec', 'chart')],
            ['Version', text('spec', 'version')],
          ] as const)
        : filled('URL', text('spec', 'url') || text('spec', 'endpoint'))),
      ...(id.kind === 'ExternalArtifact' ? filled('Source', madeBy(id, object)) : []),
      ...referenceLines(id, object),
      ...filled('Revision', text('status', 'artifact', 'revision')),
      ...origin.flatMap(([name, key]) => filled(name, text('status', 'artifact', 'metadata', key))),
      ...readyLines(object, !isChart && id.kind !== 'HelmRepository'),
    ],
  };
}

const filled = (name: string, value: string): readonly (readonly [string, string])[] =>
  value === '' ? [] : [[name, value]];

/** `Kind/namespace/name` of what an ExternalArtifact is made by. */
function madeBy({ namespace }: ResourceId, object: LiveObject): string {
  const text = (field: string): string => liveText(object, 'spec', 'sourceRef', field) ?? '';
  return text('kind') === '' ? '' : [text('kind'), text('namespace') || namespace, text('name')].join('/');
}

function referenceLines({ kind }: ResourceId, object: LiveObject): readonly (readonly [string, string])[] {
  const text = (field: string): string => liveText(object, 'spec', 'ref', field) ?? '';
  const tag = text('tag') || text('semver');
  if (tag !== '') return [['Tag', tag]];
  if (kind === 'OCIRepository') return filled('Digest', text('digest'));
  return kind === 'GitRepository' ? filled('Branch', text('branch')) : [];
}

function readyLines(object: LiveObject, tellsFailure: boolean): readonly (readonly [string, string])[] {
  const isReady = (condition: LiveValue): boolean => liveText(condition, 'type') === 'Ready';
  const ready = liveItems(object, 'status', 'conditions').find(isReady);
  if (ready === undefined) return [['Status', 'Unknown']];
  const failed = tellsFailure && liveText(ready, 'status') === 'False';
  const at = liveText(ready, 'lastTransitionTime') ?? '';
  return [
    ['Status', `${failed ? 'Last reconciliation failed at' : 'Last reconciled at'} ${at}`],
    ['Message', liveText(ready, 'message') ?? ''],
  ];
}
