import { liveKinds } from '../kinds/index';
import { boundedText } from '../live/bounded-text';
import { type LiveView } from '../relations/live-view';
import { kubernetesFault } from './kubernetes-check';

/** One line of what `flux check` looks at. */
export interface CheckLine {
  readonly isOk: boolean;
  readonly text: string;
}

/** Controllers a cluster cannot do without (flux2, default components). */
const required = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'];

/**
 * Whether Flux itself is well in a context: the Kubernetes below it, each controller with its images, releases that differ, controllers and kinds
 * that are missing. Empty while nothing is known.
 */
export function fluxCheck(view: LiveView, context: string): readonly CheckLine[] {
  const known = view.find(context);
  if (known === undefined) return [];
  // Of Flux's own: programs beside it have releases of their own, and Flux does without them.
  const scopes = [...known.scopes.values()].filter(
    ({ scope }) => scope.kind === 'Deployment' && scope.part === undefined,
  );
  const controllers = scopes.flatMap(({ objects }) => [...objects.values()]);
  const isWhole = scopes.length > 0 && scopes.every(({ state }) => state.name === 'live');
  if (controllers.length === 0) {
    return isWhole ? [{ isOk: false, text: 'No controllers of Flux were found.' }] : [];
  }
  const lines = controllers.map(({ id, phase, message, facts }): CheckLine => {
    const images = facts?.kind === 'controller' ? facts.images.join(', ') : '';
    const isOk = phase === 'ready';
    const text = isOk
      ? `${id.name}: ${images}`
      : `${id.name} is ${phase === 'suspended' ? 'scaled to zero' : phase}. ${message}`;
    return { isOk, text: boundedText(text.trim(), 500) };
  });
  const names = new Set(controllers.map(({ id }) => id.name));
  for (const name of isWhole ? required : []) {
    if (!names.has(name)) lines.push({ isOk: false, text: `${name} is not installed.` });
  }
  const versions = new Set(
    controllers.flatMap(({ facts }) => (facts?.kind === 'controller' && facts.version !== '' ? [facts.version] : [])),
  );
  if (versions.size > 1) {
    lines.push({ isOk: false, text: boundedText(`Controllers of several releases run: ${[...versions].join(', ')}.`) });
  }
  const [flux = ''] = [...versions];
  const tooOld = versions.size === 1 ? kubernetesFault(known.serverVersion, flux) : undefined;
  if (tooOld !== undefined) lines.unshift({ isOk: false, text: tooOld });
  else if (known.serverVersion !== '') lines.unshift({ isOk: true, text: `Kubernetes ${known.serverVersion}` });
  return [...lines, ...missingKinds(view, context)];
}

function missingKinds(view: LiveView, context: string): readonly CheckLine[] {
  const scopes = [...(view.find(context)?.scopes.values() ?? [])];
  return liveKinds.flatMap(({ group, kind }) => {
    const isPart = group === 'kustomize.toolkit.fluxcd.io' || group === 'source.toolkit.fluxcd.io';
    const isAbsent = scopes.some(({ scope, state }) => {
      return scope.group === group && scope.kind === kind && state.name === 'absent';
    });
    // ExternalArtifact came with Flux 2.7.
    return isPart && isAbsent && kind !== 'ExternalArtifact'
      ? [{ isOk: false, text: `The cluster does not serve ${kind}.` }]
      : [];
  });
}
