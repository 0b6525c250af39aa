import { findLiveKind } from '../kinds/index';
import { type LiveKind } from '../kinds/live-kind';
import { type LiveView } from '../relations/live-view';

/**
 * How many objects of a context fail, by watches that are heard of now; others are left out rather than frozen.
 * @param sections of which kinds; undefined for all
 */
export function failingIn(view: LiveView, context: string, sections?: ReadonlySet<LiveKind['section']>): number {
  let count = 0;
  for (const { scope, state, failing } of view.find(context)?.scopes.values() ?? []) {
    const section = findLiveKind(scope.group, scope.kind)?.section;
    if (sections !== undefined && (section === undefined || !sections.has(section))) continue;
    if (state.name === 'live' || state.name === 'loading') count += failing;
  }
  return count;
}

/** How many objects fail in all contexts. */
export function failingCount(view: LiveView): number {
  return view.contexts().reduce((sum, context) => sum + failingIn(view, context), 0);
}

/** Words for the badge; undefined when nothing fails, so that there is none. */
export function badgeOf(view: LiveView): { readonly value: number; readonly tooltip: string } | undefined {
  const value = failingCount(view);
  if (value === 0) return undefined;
  return { value, tooltip: value === 1 ? '1 Flux object is failing' : `${value} Flux objects are failing` };
}
