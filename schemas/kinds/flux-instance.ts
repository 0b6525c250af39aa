import { type KindEntry } from './kind';
import { secretNamed } from './references';

/** The Flux installation of a cluster (Flux Operator). */
export const fluxInstance: KindEntry = {
  group: 'fluxcd.controlplane.io',
  kind: 'FluxInstance',
  plural: 'fluxinstances',
  shortNames: [],
  scope: 'Namespaced',
  category: 'operator',
  versions: [{ name: 'v1', served: '2.0+' }],
  references: [
    secretNamed('spec.sync.pullSecret', 'pullSecret'),
    secretNamed('spec.distribution.imagePullSecret', 'imagePullSecret'),
    secretNamed('spec.distribution.artifactPullSecret', 'artifactPullSecret'),
  ],
  capabilities: { suspend: 'annotation', reconcile: true },
};
