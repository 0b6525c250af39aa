import { type ResourceId } from '../../../server/model/resource-id';
import { liveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from '../relations/live-view';
import { standingOf, type StandingState } from '../relations/standing';

/** Which objects a view shows. It looks at the store, so rows that were never opened are covered. */
export interface TreeFilter {
  /** Words that must all occur in `Kind namespace/name`; case counts for nothing. Empty: all. */
  readonly text: string;
  /** Undefined: all. */
  readonly states: ReadonlySet<StandingState> | undefined;
  readonly favoritesOnly: boolean;
}

export const everything: TreeFilter = { text: '', states: undefined, favoritesOnly: false };

const failing: readonly StandingState[] = ['failed', 'stalled'];
const ownStates: readonly StandingState[] = [
  ...(['ready', 'reconciling', 'failed', 'stalled', 'waiting', 'suspended', 'deleting', 'static'] as const),
  ...(['unknown', 'behind', 'empty', 'unchecked'] as const),
];
const wordsOfStates: ReadonlyMap<string, readonly StandingState[]> = new Map([
  ...ownStates.map((state) => [state, [state]] as const),
  ['failing', failing],
]);

/**
 * What a user typed as a filter: words of a name, `is:failing`, `is:suspended` and the other states, of which several stand
 * for any of them, and `is:favorite`. What is none of these is a word of a name.
 */
export function readFilter(typed: string): TreeFilter {
  const words: string[] = [];
  const states = new Set<StandingState>();
  let favoritesOnly = false;
  for (const word of typed.trim().split(/\s+/)) {
    const said = /^is:(.+)$/i.exec(word)?.[1]?.toLowerCase() ?? '';
    const found = wordsOfStates.get(said);
    if (said === 'favorite') favoritesOnly = true;
    else if (found === undefined) words.push(word);
    else for (const state of found) states.add(state);
  }
  return { text: words.join(' '), states: states.size === 0 ? undefined : states, favoritesOnly };
}

/** Whether the words of a search all occur in how an object is named. */
export function matchesText(text: string, { kind, namespace, name }: Omit<ResourceId, 'group'>): boolean {
  if (text === '') return true;
  const named = `${kind} ${namespace}/${name}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => named.includes(word));
}

/** Whether a filter lets an object pass. */
export function passes(
  view: LiveView,
  context: string,
  status: LiveStatus,
  filter: TreeFilter,
  favorites: ReadonlySet<LiveId>,
): boolean {
  if (filter.favoritesOnly && !favorites.has(liveId(context, status.key))) return false;
  if (!matchesText(filter.text.trim(), status.id)) return false;
  return filter.states === undefined || filter.states.has(standingOf(view, context, status).state);
}
