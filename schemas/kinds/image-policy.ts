import { type KindEntry } from './kind';

/** Chooses one tag of a scanned image (image-reflector-controller). */
export const imagePolicy: KindEntry = {
  group: 'image.toolkit.fluxcd.io',
  kind: 'ImagePolicy',
  plural: 'imagepolicies',
  shortNames: ['imgpol', 'imagepol'],
  scope: 'Namespaced',
  category: 'image',
  versions: [
    { name: 'v1', served: '2.7+' },
    { name: 'v1beta2', served: '2.0-2.8', deprecated: '2.7-2.8' },
    { name: 'v1beta1', served: '2.0-2.6' },
  ],
  references: [
    {
      path: 'spec.imageRepositoryRef',
      role: 'imageRepositoryRef',
      name: 'name',
      namespace: 'namespace',
      kinds: [{ group: 'image.toolkit.fluxcd.io', kind: 'ImageRepository' }],
      expected: 'git',
    },
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true },
};
