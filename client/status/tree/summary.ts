import { describe } from '../../../server/model/resource-id';
import { parseLiveId, type LiveId } from '../live/live-id';
import { boundedText, firstLine } from '../live/bounded-text';
import { shortRevision } from '../live/revision';
import { describeKey } from '../relations/behind';
import { type LiveView } from '../relations/live-view';
import { rootCauseOf } from '../relations/root-cause';
import { type Standing, type StandingState } from '../relations/standing';

const words: Readonly<Record<StandingState, string>> = {
  ready: 'ready',
  reconciling: 'reconciling',
  failed: 'failed',
  stalled: 'stalled',
  waiting: 'waiting',
  suspended: 'suspended',
  deleting: 'being deleted',
  static: 'static',
  unknown: 'no status yet',
  behind: 'behind',
  empty: 'nothing applied',
  unchecked: 'applied, not health-checked',
};

/** The word for a state, the same everywhere. */
export function stateWord(state: StandingState): string {
  return words[state];
}

function causeOf(view: LiveView, id: LiveId): string {
  const cause = rootCauseOf(view, id);
  if (cause === undefined || cause.path.length === 0) return '';
  const root = boundedText(describeKey(parseLiveId(cause.root)?.key ?? ''), 200);
  if (cause.isCycle) return `in a circle with ${root}`;
  return cause.isMissing ? `${root} does not exist` : `because of ${root}`;
}

/** What stands beside the name of an object: its state, and the one thing that explains it. */
export function summaryOf(view: LiveView, id: LiveId, standing: Standing): string {
  const { status, state, behind } = standing;
  const word = stateWord(state);
  switch (state) {
    case 'ready':
    case 'unchecked': {
      const { applied, artifact } = status.revisions;
      return [word, shortRevision(artifact ?? applied)].filter(Boolean).join(' · ');
    }
    case 'failed':
    case 'stalled':
      return [word, status.reason, causeOf(view, id)].filter(Boolean).join(' · ');
    case 'waiting':
      return [word, causeOf(view, id) || firstLine(status.message)].filter(Boolean).join(' · ');
    case 'behind':
      return [word, firstLine(behind[0]?.text ?? '')].filter(Boolean).join(' · ');
    case 'suspended': {
      const { by = '', reason = '' } = status.suspension ?? {};
      return [by === '' ? word : `${word} by ${firstLine(by, 60)}`, firstLine(reason)].filter(Boolean).join(' · ');
    }
    case 'reconciling':
      return [word, firstLine(status.message, 80)].filter(Boolean).join(' · ');
    default:
      return word;
  }
}

/** How a row names an object to those who hear it. */
export function spokenLabel({ status, state, staleSince }: Standing): string {
  const stale = staleSince === undefined ? '' : ', not connected';
  return boundedText(`${describe(status.id)}, ${stateWord(state)}${stale}`, 500);
}
