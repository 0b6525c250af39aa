import { type KindEntry } from './kind';
import { secret, serviceAccount } from './references';

/** An artifact of an OCI registry (source-controller). */
export const ociRepository: KindEntry = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'OCIRepository',
  plural: 'ocirepositories',
  shortNames: ['ocirepo'],
  scope: 'Namespaced',
  category: 'source',
  versions: [
    { name: 'v1', served: '2.6+' },
    { name: 'v1beta2', served: '2.0-2.7', deprecated: '2.6-2.7' },
  ],
  references: [
    secret('spec.secretRef'),
    secret('spec.certSecretRef'),
    secret('spec.proxySecretRef'),
    secret('spec.verify.secretRef'),
    secret('spec.verify.trustedRootSecretRef'),
    serviceAccount('spec.serviceAccountName'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true },
};
