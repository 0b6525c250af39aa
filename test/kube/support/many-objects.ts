import { type StoredObject } from './stored-object';

const applied = 'main@sha1:8c2f0b3d5a1e4f6789012345678901234567abcd';

/** Of ten objects four are Kustomizations, four HelmReleases, one a HelmChart, and one a GitRepository. */
const kinds = [
  ['Kustomization', 'kustomize.toolkit.fluxcd.io/v1'],
  ['HelmRelease', 'helm.toolkit.fluxcd.io/v2'],
  ['Kustomization', 'kustomize.toolkit.fluxcd.io/v1'],
  ['HelmRelease', 'helm.toolkit.fluxcd.io/v2'],
  ['HelmChart', 'source.toolkit.fluxcd.io/v1'],
  ['Kustomization', 'kustomize.toolkit.fluxcd.io/v1'],
  ['HelmRelease', 'helm.toolkit.fluxcd.io/v2'],
  ['Kustomization', 'kustomize.toolkit.fluxcd.io/v1'],
  ['HelmRelease', 'helm.toolkit.fluxcd.io/v2'],
  ['GitRepository', 'source.toolkit.fluxcd.io/v1'],
] as const;

/** What an object of many says in one round. */
export interface ManyState {
  /** Stands in the message of its condition. */
  readonly round?: number;
  readonly isFailing?: boolean;
}

/**
 * One of many objects, as a controller left it: 50 namespaces, ten entries in the inventory of each Kustomization, a source
 * for each ten objects.
 */
export function oneOfMany(at: number, { round = 0, isFailing = false }: ManyState = {}): StoredObject {
  const [kind, apiVersion] = kinds[at % 10] ?? kinds[0];
  const namespace = `team-${String(Math.floor(at / 10) % 50).padStart(2, '0')}`;
  const named = (index: number): string => `object-${String(index).padStart(5, '0')}`;
  const name = named(at);
  const entries = Array.from({ length: kind === 'Kustomization' ? 10 : 0 }, (_, number) => {
    return { id: `${namespace}_${name}-${number}_apps_Deployment`, v: 'v1' };
  });
  const condition = {
    type: 'Ready',
    status: isFailing ? 'False' : 'True',
    reason: isFailing ? 'BuildFailed' : 'Succeeded',
    message: `Applied revision, round ${round}`,
    observedGeneration: 1,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, generation: 1, labels: { team: namespace } },
    spec: {
      interval: '10m',
      wait: true,
      sourceRef: { kind: 'GitRepository', name: named(at - (at % 10) + 9) },
    },
    status: {
      observedGeneration: 1,
      conditions: [condition],
      ...(kind === 'GitRepository' ? { artifact: { revision: applied } } : { lastAppliedRevision: applied }),
      ...(entries.length > 0 ? { inventory: { entries } } : {}),
    },
  };
}
