import { canary } from './canary';

/** Deployments that are watched, by their labels. */
export interface WatchedControllers {
  /** Group of the kinds that they serve; watched only where the server knows one of those. Undefined: Flux's own, always. */
  readonly group?: string;
  /** See `WatchScope.part`; undefined for Flux's own. */
  readonly part?: string;
  readonly labelSelector: string;
}

// No Deployment has the labels of two of these: each stands in one watch.
const others = 'app.kubernetes.io/part-of!=flux';

/**
 * Flux's own by the label that `flux check` looks for (flux2, pkg/manifestgen); the Flux Operator's by that of its chart, its
 * manifests and its OLM bundle; Flagger's by that of its chart, or of its kustomize base (`app`).
 */
export const watchedControllers: readonly WatchedControllers[] = [
  { labelSelector: 'app.kubernetes.io/part-of=flux' },
  {
    group: 'fluxcd.controlplane.io',
    part: 'flux-operator',
    labelSelector: `app.kubernetes.io/name=flux-operator,${others}`,
  },
  { group: canary.group, part: 'flagger', labelSelector: `app.kubernetes.io/name=flagger,${others}` },
  {
    group: canary.group,
    part: 'flagger-kustomize',
    labelSelector: `app=flagger,app.kubernetes.io/name!=flagger,${others}`,
  },
];
