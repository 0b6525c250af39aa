import { type KindEntry } from './kind';
import { secret, serviceAccount } from './references';

/** Scans the tags of an image (image-reflector-controller). */
export const imageRepository: KindEntry = {
  group: 'image.toolkit.fluxcd.io',
  kind: 'ImageRepository',
  plural: 'imagerepositories',
  shortNames: ['imgrepo', 'imagerepo'],
  scope: 'Namespaced',
  category: 'image',
  versions: [
    { name: 'v1', served: '2.7+' },
    { name: 'v1beta2', served: '2.0-2.8', deprecated: '2.7-2.8' },
    { name: 'v1beta1', served: '2.0-2.6' },
  ],
  references: [
    secret('spec.secretRef'),
    secret('spec.certSecretRef'),
    secret('spec.proxySecretRef'),
    serviceAccount('spec.serviceAccountName'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true },
};
