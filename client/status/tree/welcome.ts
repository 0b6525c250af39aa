import { type LiveView } from '../relations/live-view';
import { connectionOf } from './connection';

/** Why a view has nothing to show, for `viewsWelcome`: each has its own text and its own next step. */
export type WelcomeState =
  | 'content'
  | 'untrusted'
  | 'no-kubeconfig'
  | 'not-connected'
  | 'loading'
  | 'forbidden'
  | 'unreachable'
  | 'no-flux'
  | 'empty';

/** What is known outside of the store. */
export interface WelcomeFacts {
  readonly isTrusted: boolean;
  /** Some kubeconfig with a context was found. */
  readonly hasKubeconfig: boolean;
}

/** The state of the whole view. Several contexts always show as rows, so that each can have its own. */
export function welcomeState(view: LiveView, { isTrusted, hasKubeconfig }: WelcomeFacts): WelcomeState {
  if (!isTrusted) return 'untrusted';
  const contexts = view.contexts();
  const [only] = contexts;
  if (only === undefined) return hasKubeconfig ? 'not-connected' : 'no-kubeconfig';
  if (contexts.length > 1) return 'content';
  const name = connectionOf(view, only)?.name ?? 'loading';
  return name === 'disconnected' || name === 'paused' ? 'content' : name;
}
