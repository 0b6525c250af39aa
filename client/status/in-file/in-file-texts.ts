import { type Path } from '../../../server/model/json';
import { boundedText, firstLine } from '../live/bounded-text';
import { type LiveView } from '../relations/live-view';
import { isGreen, type StandingState } from '../relations/standing';
import { stateWord, summaryOf } from '../tree/summary';
import { failureFields } from './failure-fields';
import { type FileDifference } from './file-difference';
import { isOfThisText, type ObjectInFile } from './object-in-file';

/** What is said of an object in the text, per cluster that it is rendered for; undefined while nobody has answered. */
export type InFile = readonly ObjectInFile[] | undefined;

/** Colors by which a mark is drawn; the words alone say all. */
export type MarkTone = 'good' | 'bad' | 'warning' | 'plain';

export interface Mark {
  readonly text: string;
  readonly tone: MarkTone;
  /** What is drawn beside the line: of several clusters the state that wants a look first. */
  readonly state: StandingState | 'disconnected';
}

// A state that nobody hears of now is an old one, whatever it was.
const urgency: readonly Mark['state'][] = [
  ...(['failed', 'stalled', 'disconnected', 'deleting', 'behind', 'empty', 'waiting', 'suspended'] as const),
  ...(['reconciling', 'unknown', 'unchecked', 'static', 'ready'] as const),
];

/** Where there is nothing to tell, so that the line is there from the first paint. */
export const placeholder = 'Flux: …';

const mostClusters = 3;
const icons: Readonly<Record<StandingState, string>> = {
  ready: 'pass',
  reconciling: 'sync',
  failed: 'error',
  stalled: 'circle-slash',
  waiting: 'watch',
  suspended: 'debug-pause',
  deleting: 'trash',
  static: 'circle-outline',
  unknown: 'question',
  behind: 'history',
  empty: 'circle-large-outline',
  unchecked: 'check',
};
const differs: Readonly<Record<FileDifference, string>> = {
  same: '',
  unsaved: 'file differs: not saved',
  uncommitted: 'file differs: not committed',
  'other-commit': 'file differs from that revision',
  unknown: 'revision not known to Git here',
};

/** Text of the line above an object, one for each cluster. `$(name)` is an icon; texts of a cluster hold none. */
export function lensTitles(view: LiveView, objects: InFile): readonly string[] {
  if (objects === undefined) return [placeholder];
  if (objects.length === 0) return ['Flux: no cluster applies this'];
  const titles = objects.slice(0, mostClusters).map((object) => lensTitle(view, object));
  const more = objects.length - mostClusters;
  return more > 0 ? [...titles, `and in ${more} more`] : titles;
}

function lensTitle(view: LiveView, object: ObjectInFile): string {
  const cluster = plain(object.cluster);
  switch (object.kind) {
    case 'unbound':
      return `Flux: choose the context of ${cluster}…`;
    case 'elsewhere':
      return `Flux: ${plain(object.context)} applies it to another cluster, choose its context…`;
    case 'not-connected':
      return `$(debug-disconnect) ${plain(object.context)}: not connected`;
    case 'loading':
      return `$(sync) ${plain(object.context)}: loading`;
    case 'forbidden':
      return `$(lock) ${plain(object.context)}: may not be listed`;
    case 'not-there':
      return `$(question) ${plain(object.context)}: not there`;
    case 'live': {
      const { standing, id, context } = object;
      const isStale = standing.staleSince !== undefined;
      const icon = isStale ? 'debug-disconnect' : icons[standing.state];
      const summary = firstLine(plain(summaryOf(view, id, standing)), 160);
      return `$(${icon}) ${plain(context)}: ${summary}${isStale ? ' · not heard of now' : ''}`;
    }
  }
}

/**
 * What stands behind the name: the state, the revision of the file that the cluster has, and that the text is another.
 * Undefined while there is no state.
 */
export function markOf(
  objects: InFile,
  differenceOf: (commit: string | undefined) => FileDifference | undefined,
): Mark | undefined {
  const live = (objects ?? []).filter((object) => object.kind === 'live').slice(0, mostClusters);
  if (live.length === 0) return undefined;
  const texts = live.map(({ standing, revision, context }) => {
    const difference = revision.text === '' ? 'same' : (differenceOf(revision.commit) ?? 'same');
    const at = revision.text === '' ? '' : ` at ${plain(revision.text)}`;
    const where = live.length > 1 ? `${plain(context)} ` : '';
    const stale = standing.staleSince === undefined ? '' : 'not connected';
    return [`${where}${stateWord(standing.state)}${at}`, differs[difference], stale].filter(Boolean).join(' · ');
  });
  const states = live.map(({ standing: { state, staleSince } }) => (staleSince === undefined ? state : 'disconnected'));
  const state = urgency.find((one) => states.includes(one)) ?? 'unknown';
  // Green says that what stands here runs there: not before Git has compared them, nor where no revision is known.
  const isSame = live.every(({ revision }) => revision.text !== '' && differenceOf(revision.commit) === 'same');
  return { text: texts.join(' | '), tone: toneOf(live, isSame), state };
}

/** A failure that is laid to a field: the fields that it speaks of, the first that is written counts. */
export interface FieldNote {
  readonly fields: readonly Path[];
  readonly text: string;
}

/** Failures that may stand at a field, since what failed is what stands in the editor. */
export function notesOf(
  objects: InFile,
  differenceOf: (commit: string | undefined) => FileDifference | undefined,
): readonly FieldNote[] {
  return (objects ?? []).flatMap((object) => {
    if (object.kind !== 'live' || !isOfThisText(object, differenceOf(object.revision.commit))) return [];
    const { status, staleSince } = object.standing;
    const fields = failureFields(status);
    if (fields.length === 0 || staleSince !== undefined) return [];
    return [{ fields, text: firstLine(plain(`${status.reason}: ${status.message}`), 160) }];
  });
}

/** That a text is not what the cluster has, in words; empty when it is. */
export function differenceText(difference: FileDifference): string {
  return differs[difference];
}

function toneOf(live: readonly Extract<ObjectInFile, { kind: 'live' }>[], isSame: boolean): MarkTone {
  if (live.some(({ standing: { state } }) => state === 'failed' || state === 'stalled')) return 'bad';
  if (live.some(({ standing: { staleSince } }) => staleSince !== undefined)) return 'plain';
  if (live.some(({ standing: { state } }) => state === 'behind' || state === 'empty')) return 'warning';
  return isSame && live.every(({ standing }) => isGreen(standing)) ? 'good' : 'plain';
}

/** A text of a cluster where the editor would draw icons: it holds none. */
const plain = (text: string): string => boundedText(text, 300).replace(/\$\(/g, '$ (').replace(/\s+/g, ' ');
