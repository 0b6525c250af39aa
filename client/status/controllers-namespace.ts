import { watchedControllers } from './kinds/watched-controllers';
import { type LiveView } from './relations/live-view';

/**
 * Where the controllers of the kinds of a group run in a context, as far as their Deployments are seen.
 * @returns `flux-system` where nothing says so
 */
export function controllersNamespace(view: LiveView, context: string, group: string): string {
  const apart = new Set(watchedControllers.flatMap((one) => (one.group === group ? [one.part] : [])));
  let flux: string | undefined;
  for (const { scope, objects } of view.find(context)?.scopes.values() ?? []) {
    if (scope.group !== 'apps' || scope.kind !== 'Deployment') continue;
    for (const { id } of objects.values()) {
      if (scope.part !== undefined && apart.has(scope.part)) return id.namespace;
      if (scope.part === undefined && id.name.endsWith('-controller')) flux ??= id.namespace;
    }
  }
  return flux ?? 'flux-system';
}
