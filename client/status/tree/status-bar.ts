import { type LiveView } from '../relations/live-view';
import { failingCount, failingIn } from './badge';
import { connectionOf } from './connection';

/** The item of the status bar: a codicon, a text, and one line per context. */
export interface StatusBarText {
  readonly icon: 'error' | 'debug-disconnect' | 'sync' | 'pass';
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

/** What the status bar says of all contexts; undefined while none is known. Well only where all are heard of. */
export function statusBarText(view: LiveView): StatusBarText | undefined {
  const contexts = view.contexts();
  if (contexts.length === 0) return undefined;
  const states = contexts.map((context) => connectionOf(view, context)?.name ?? 'loading');
  const lines = contexts.map((context, at) => {
    const failing = failingIn(view, context);
    const said = failing === 0 ? words[states[at] ?? 'loading'] : `${failing} failing`;
    return `${context}: ${said}`;
  });
  const failing = failingCount(view);
  if (failing > 0) return { icon: 'error', text: `${failing} failing`, lines, isError: true };
  const lost = states.some((state) => ['paused', 'disconnected', 'unreachable', 'forbidden'].includes(state));
  if (lost) return { icon: 'debug-disconnect', text: 'not connected', lines, isError: false };
  if (states.includes('loading')) return { icon: 'sync', text: 'loading', lines, isError: false };
  return { icon: 'pass', text: 'none failing', lines, isError: false };
}
