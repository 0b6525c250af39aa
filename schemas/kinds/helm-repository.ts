import { type KindEntry } from './kind';
import { secret } from './references';

/** A chart repository with an index, or the prefix of charts in a registry (source-controller). */
export const helmRepository: KindEntry = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'HelmRepository',
  plural: 'helmrepositories',
  shortNames: ['helmrepo'],
  scope: 'Namespaced',
  category: 'source',
  versions: [
    { name: 'v1', served: '2.3+' },
    { name: 'v1beta2', served: '2.0-2.7', deprecated: '2.3-2.7' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.3-2.6' },
  ],
  references: [secret('spec.secretRef'), secret('spec.certSecretRef')],
  capabilities: { suspend: 'spec.suspend', reconcile: true },
};
