import type { ConnectionState, KnownContexts } from '../../kube/kube';
import { type LiveView } from '../../status/relations/live-view';
import { welcomeState, type WelcomeState } from '../../status/tree/welcome';

/** Value of the context key `fluxwright.objectsState`, by which the manifest chooses a welcome text. */
export type ViewState = WelcomeState | 'login-failed';

export interface ViewFacts {
  readonly isTrusted: boolean;
  /** Undefined: the kubeconfig has not been read yet. */
  readonly known: KnownContexts | undefined;
}

const unreachable = new Set(['unreachable', 'timed-out', 'server-error', 'busy', 'certificate-refused']);

function stateOfConnection(state: ConnectionState): ViewState | undefined {
  switch (state.name) {
    case 'connecting':
    case 'connected':
      return 'loading';
    case 'lost':
      return 'unreachable';
    case 'failed':
      if (state.failure.name === 'forbidden') return 'forbidden';
      if (state.failure.name === 'not-connected') return undefined;
      return unreachable.has(state.failure.name) ? 'unreachable' : 'login-failed';
    default:
      return undefined;
  }
}

// A context on its way counts more than one that has failed.
const order: readonly ViewState[] = ['loading', 'unreachable', 'forbidden', 'login-failed'];

/** Why the view has nothing to show, or that it has. Before a watch has said anything the connections tell. */
export function viewState(view: LiveView, { isTrusted, known }: ViewFacts): ViewState {
  if (!isTrusted) return 'untrusted';
  if (known === undefined) return 'loading';
  if (view.contexts().length === 0) {
    const states = known.contexts.map(({ state }) => stateOfConnection(state));
    const first = order.find((state) => states.includes(state));
    if (first !== undefined) return first;
  }
  const state = welcomeState(view, { isTrusted, hasKubeconfig: known.failure === undefined });
  const [only] = view.contexts();
  const connection = known.contexts.find(({ name }) => name === only)?.state;
  // Watches that were begun and gave nothing do not know that the connection has failed, or why.
  const hasNothing = state === 'loading' || state === 'unreachable';
  return (hasNothing && connection?.name === 'failed' ? stateOfConnection(connection) : undefined) ?? state;
}
