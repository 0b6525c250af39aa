import { type LiveView } from './relations/live-view';

/** Where the controllers of Flux run in a context; `flux-system` where nothing says so. */
export function controllersNamespace(view: LiveView, context: string): string {
  for (const { id, facts } of view.find(context)?.ofKind('apps', 'Deployment') ?? []) {
    if (facts?.kind === 'controller' && id.name.endsWith('-controller')) return id.namespace;
  }
  return 'flux-system';
}
