import { liveKinds } from '../kinds/index';
import { firstLine } from '../live/bounded-text';
import { type LiveView } from '../relations/live-view';
import { type ScopeObjects } from '../store/scope-objects';

/** What is known of a context as a whole. `content`: there is something to show. */
export type ConnectionState =
  | { readonly name: 'loading' }
  | { readonly name: 'content' }
  | { readonly name: 'empty' }
  | { readonly name: 'no-flux' }
  | { readonly name: 'paused'; readonly since: number }
  | { readonly name: 'disconnected'; readonly since: number; readonly message: string }
  | { readonly name: 'unreachable'; readonly message: string }
  | { readonly name: 'forbidden'; readonly message: string };

// Without these kinds Flux is not installed; the others come with parts of it.
const core = new Set(['Kustomization', 'HelmRelease', 'GitRepository']);

/** Sums up the watches of a context. Undefined when the context is not known. */
export function connectionOf(view: LiveView, context: string): ConnectionState | undefined {
  const known = view.find(context);
  if (known === undefined) return undefined;
  const scopes = [...known.scopes.values()];
  const count = scopes.reduce((sum, { objects }) => sum + objects.size, 0);
  const lost = scopes.flatMap(({ state }) => (state.name === 'disconnected' ? [state] : []));
  const [first] = lost;
  if (first !== undefined) {
    const since = Math.min(...lost.map((state) => state.since));
    const message = firstLine(first.message, 300);
    return count === 0 ? { name: 'unreachable', message } : { name: 'disconnected', since, message };
  }
  const paused = scopes.flatMap(({ state }) => (state.name === 'paused' ? [state.since] : []));
  if (paused.length > 0) return { name: 'paused', since: Math.min(...paused) };
  if (count > 0) return { name: 'content' };
  return stateWithoutObjects(scopes);
}

function stateWithoutObjects(scopes: readonly ScopeObjects[]): ConnectionState {
  if (scopes.length === 0 || scopes.some(({ state }) => state.name === 'loading')) return { name: 'loading' };
  const coreScopes = scopes.filter(({ scope }) => core.has(scope.kind) && scope.group.endsWith('.fluxcd.io'));
  if (coreScopes.length > 0 && coreScopes.every(({ state }) => state.name === 'absent')) return { name: 'no-flux' };
  const refused = scopes.flatMap(({ state }) => (state.name === 'forbidden' ? [state.message] : []));
  const isAllRefused = scopes.every(({ state }) => state.name === 'forbidden' || state.name === 'absent');
  if (refused.length === 0) return { name: 'empty' };
  // Where some kinds may be listed and hold nothing, nobody can say that there is nothing: the rows of the others tell.
  return isAllRefused ? { name: 'forbidden', message: firstLine(refused[0] ?? '', 300) } : { name: 'content' };
}

/** Kinds that may not be listed, with the server's words; one row each. */
export function refusedKinds(
  view: LiveView,
  context: string,
): readonly { readonly title: string; readonly name: string; readonly message: string }[] {
  const scopes = [...(view.find(context)?.scopes.values() ?? [])];
  return liveKinds.flatMap(({ group, kind, title }) => {
    const refused = scopes.filter(({ scope, state }) => {
      return scope.kind === kind && scope.group === group && scope.part === undefined && state.name === 'forbidden';
    });
    return refused.map(({ scope, state }) => ({
      title: scope.namespace === undefined ? title : `${title} of ${scope.namespace}`,
      name: `${group}/${kind}/${scope.namespace ?? ''}`,
      message: state.name === 'forbidden' ? firstLine(state.message, 300) : '',
    }));
  });
}
