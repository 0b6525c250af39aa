import { type LiveView } from '../relations/live-view';
import { failingCount, failingIn } from './badge';
import { connectionOf, refusedKinds } from './connection';

/** The item of the status bar: a codicon, a text, and one line per context. */
export interface StatusBarText {
  readonly icon: 'error' | 'debug-disconnect' | 'sync' | 'lock' | 'pass';
  readonly text: string;
  readonly lines: readonly string[];
  readonly isError: boolean;
}

const words: Readonly<Record<NonNullable<ReturnType<typeof connectionOf>>['name'], string>> = {
  loading: 'loading',
  content: 'no object is failing',
  empty: 'no Flux objects',
  'no-flux': 'Flux is not installed',
  paused: 'not watched at present',
  disconnected: 'the connection is lost',
  unreachable: 'does not answer',
  forbidden: 'may not be listed',
};

/** What the status bar says of all contexts; undefined while none is known. Well only where all is heard of. */
export function statusBarText(view: LiveView): StatusBarText | undefined {
  const contexts = view.contexts();
  if (contexts.length === 0) return undefined;
  const states = contexts.map((context) => connectionOf(view, context)?.name ?? 'loading');
  const lines = contexts.map((context, at) => {
    const failing = failingIn(view, context);
    const said = failing === 0 ? words[states[at] ?? 'loading'] : `${failing} failing`;
    const refused = refusedKinds(view, context).length;
    const unseen = refused === 0 ? '' : `, ${refused === 1 ? 'one kind' : `${refused} kinds`} may not be listed`;
    return `${context}: ${said}${states[at] === 'forbidden' ? '' : unseen}`;
  });
  const failing = failingCount(view);
  if (failing > 0) return { icon: 'error', text: `${failing} failing`, lines, isError: true };
  const lost = states.some((state) => ['paused', 'disconnected', 'unreachable', 'forbidden'].includes(state));
  if (lost) return { icon: 'debug-disconnect', text: 'not connected', lines, isError: false };
  const watches = contexts.flatMap((context) => [...(view.find(context)?.scopes.values() ?? [])]);
  const isLoading = states.includes('loading') || watches.some(({ state }) => state.name === 'loading');
  if (isLoading) return { icon: 'sync', text: 'loading', lines, isError: false };
  const isPartial = watches.some(({ state }) => state.name === 'forbidden');
  if (isPartial) return { icon: 'lock', text: 'none failing that may be listed', lines, isError: false };
  return { icon: 'pass', text: 'none failing', lines, isError: false };
}
