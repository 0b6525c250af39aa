import { type KindEntry } from './kind';
import { secret, source } from './references';

/** Writes chosen tags into Git (image-automation-controller). */
export const imageUpdateAutomation: KindEntry = {
  group: 'image.toolkit.fluxcd.io',
  kind: 'ImageUpdateAutomation',
  plural: 'imageupdateautomations',
  shortNames: ['iua', 'imgupd', 'imgauto'],
  scope: 'Namespaced',
  category: 'image',
  versions: [
    { name: 'v1', served: '2.7+' },
    { name: 'v1beta2', served: '2.3-2.8', deprecated: '2.7-2.8' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.3-2.6' },
  ],
  references: [
    {
      path: 'spec.sourceRef',
      role: 'sourceRef',
      name: 'name',
      namespace: 'namespace',
      kinds: [source('GitRepository')],
      kind: 'kind',
      apiVersion: 'apiVersion',
      expected: 'git',
    },
    secret('spec.git.commit.signingKey.secretRef'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true },
};
