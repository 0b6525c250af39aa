import { describe } from '../../../server/model/resource-id';
import { type LiveFacts } from '../kinds/facts';
import { parseLiveId, type LiveId } from '../live/live-id';
import { boundedText } from '../live/bounded-text';
import { type LiveStatus } from '../live/live-status';
import { shortRevision } from '../live/revision';
import { describeKey } from '../relations/behind';
import { type LiveView } from '../relations/live-view';
import { parentsOf } from '../relations/parents';
import { rootCauseOf } from '../relations/root-cause';
import { sourceChain } from '../relations/sources';
import { standingOf } from '../relations/standing';
import { stateWord } from './summary';

/** One event of an object, as whoever fetched it hands it in. */
export interface EventLine {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** What is said about an object, as plain texts; nothing in it is markup. */
export interface Tooltip {
  readonly title: string;
  readonly state: string;
  readonly notes: readonly string[];
  readonly lines: readonly (readonly [label: string, text: string])[];
  readonly conditions: readonly (readonly [type: string, status: string, reason: string, message: string])[];
  /** When this was read; for what is shown at once, since it grows. Empty when unknown. */
  readonly age: string;
  /** Undefined: nobody fetched them. */
  readonly events: readonly EventLine[] | undefined;
}

/** A time as text, as Kubernetes writes one; empty for none, and for a number that is no time. */
export function timeText(milliseconds: number | undefined): string {
  const date = new Date(milliseconds ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/\.\d+Z$/, 'Z');
}

const units: readonly (readonly [milliseconds: number, sign: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
];

type Part = readonly [count: number, sign: string];

function partsOf(milliseconds: number): readonly Part[] {
  let rest = Math.max(0, milliseconds);
  return units.map(([unit, sign]): Part => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return [count, sign];
  });
}

const partsText = (parts: readonly Part[]): string =>
  parts.map(([count, sign]) => (count === 0 ? '' : `${count}${sign}`)).join('') || '0s';

/** A span of time in its two largest units, as kubectl writes an age: `3d4h`; of a clock that is behind `0s`. */
export function ageText(milliseconds: number): string {
  const parts = partsOf(milliseconds);
  const first = parts.findIndex(([count]) => count > 0);
  return partsText(first < 0 ? [] : parts.slice(first, first + 2));
}

const spanText = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? '' : partsText(partsOf(milliseconds));

/** The lines that one kind has beyond the others. */
export function factLines(facts: LiveFacts | undefined): readonly (readonly [string, string])[] {
  switch (facts?.kind) {
    case undefined:
      return [];
    case 'source':
      return [
        ['URL', facts.url],
        [
          'Follows',
          Object.entries(facts.ref)
            .map(([field, text]) => `${field} ${text}`)
            .join(', '),
        ],
      ];
    case 'release':
      return [
        ['Release', [facts.name, facts.number === 0 ? '' : `revision ${facts.number}`, facts.status].join(' ').trim()],
        ['Chart', `${facts.chart} ${facts.chartVersion}`.trim()],
        ['App version', facts.appVersion],
        ['Failures', facts.failures === 0 ? '' : String(facts.failures)],
      ];
    case 'image-scan':
      return [
        ['Image', facts.image],
        ['Tags', String(facts.tags)],
        ['Last scan', timeText(facts.scanned)],
      ];
    case 'image-choice':
      return [
        ['Latest image', facts.image],
        ['Digest', facts.digest],
      ];
    case 'image-update':
      return [
        ['Last pushed commit', facts.commit],
        ['Pushed', timeText(facts.pushed)],
      ];
    case 'receiver':
      return [['Webhook path', facts.path]];
    case 'canary':
      return [
        ['Target', facts.target],
        ['Analysis', facts.phase],
        ['Weight', `${facts.weight} %`],
        ['Failed checks', String(facts.failedChecks)],
      ];
    case 'controller':
      return [
        ['Version', facts.version],
        ['Images', facts.images.join(', ')],
        ['Available', `${facts.available} of ${facts.wanted}`],
      ];
  }
}

const counted = (objects: number): string => (objects === 1 ? '1 object' : `${objects} objects`);

/** When an object is reconciled next: the last time and the interval; undefined where its kind does not say. */
export function nextRun({ schedule, phase }: Pick<LiveStatus, 'schedule' | 'phase'>): number | undefined {
  const { lastReconciled, interval } = schedule;
  if (lastReconciled === undefined || interval === undefined || phase === 'suspended') return undefined;
  return lastReconciled + interval;
}

/** Sources that may not be listed, or were not yet: whether an object is behind them nobody can tell. */
function unseenSources(view: LiveView, context: string, status: LiveStatus): readonly string[] {
  return sourceChain(view, context, status).flatMap(({ key, status: source, isKnown }) =>
    source === undefined && !isKnown
      ? [`${describeKey(key)} is not seen with this login, so whether it is behind that is not known.`]
      : [],
  );
}

/** Everything worth saying about an object; undefined when it is not there. */
export function tooltipOf(view: LiveView, id: LiveId, events?: readonly EventLine[]): Tooltip | undefined {
  const address = parseLiveId(id);
  const status = address && view.statusIn(address.context, address.key);
  if (address === undefined || status === undefined) return undefined;
  const standing = standingOf(view, address.context, status);
  const cause = rootCauseOf(view, id);
  const notes = [
    standing.staleSince === undefined ? '' : `Not heard of since ${timeText(standing.staleSince)}.`,
    ...standing.behind.map(({ text }) => text),
    ...unseenSources(view, address.context, status),
    cause === undefined || cause.path.length === 0
      ? ''
      : `The cause lies with ${describeKey(parseLiveId(cause.root)?.key ?? '')}${cause.isMissing ? ', which does not exist' : ''}.`,
    standing.isUnchecked ? 'The health of what it applied is not checked.' : '',
    standing.isEmpty ? 'It applied nothing.' : '',
    status.target === undefined ? '' : 'It applies to another cluster.',
    status.phase === 'static' ? 'Its controller keeps no status.' : '',
  ];
  const { applied, attempted, artifact, appliedOrigin, artifactOrigin } = status.revisions;
  const parents = parentsOf(view, address.context, status);
  const lines: readonly (readonly [string, string])[] = [
    ['Context', address.context],
    ['Suspended by', status.suspension?.by ?? ''],
    ['Reason', status.suspension?.reason ?? ''],
    ['Applied revision', applied ?? ''],
    ['Attempted revision', attempted === applied ? '' : (attempted ?? '')],
    ['Artifact', artifact ?? ''],
    ['Origin', shortRevision(appliedOrigin ?? artifactOrigin)],
    ['Applied by', parents.map((parent) => describeKey(parseLiveId(parent)?.key ?? '')).join(', ')],
    ['Inventory', status.inventory === undefined ? '' : counted(status.inventory.length)],
    ...factLines(status.facts),
    ['Interval', spanText(status.schedule.interval)],
    ['Next run', timeText(nextRun(status))],
    ['Created', timeText(status.created)],
  ];
  return {
    title: boundedText(describe(status.id), 500),
    state: stateWord(standing.state),
    notes: notes.filter(Boolean).map((note) => boundedText(note)),
    lines: lines.filter(([, text]) => text !== '').map(([label, text]) => [label, boundedText(text)]),
    conditions: status.conditions.map(({ type, status: is, reason, message }) => [type, is, reason, message]),
    age: status.created === undefined ? '' : ageText(view.now() - status.created),
    events,
  };
}
