import { type KindEntry } from './kind';
import { secret, serviceAccount } from './references';

/** The objects of an S3-like bucket (source-controller). */
export const bucket: KindEntry = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'Bucket',
  plural: 'buckets',
  shortNames: [],
  scope: 'Namespaced',
  category: 'source',
  versions: [
    { name: 'v1', served: '2.4+' },
    { name: 'v1beta2', served: '2.0-2.7', deprecated: '2.4-2.7' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.3-2.6' },
  ],
  references: [
    secret('spec.secretRef'),
    secret('spec.certSecretRef'),
    secret('spec.proxySecretRef'),
    secret('spec.sts.secretRef'),
    secret('spec.sts.certSecretRef'),
    serviceAccount('spec.serviceAccountName'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true },
};
