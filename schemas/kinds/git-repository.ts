import { type KindEntry } from './kind';
import { secret, serviceAccount, source } from './references';

/** A branch, tag or commit of a Git repository (source-controller). */
export const gitRepository: KindEntry = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'GitRepository',
  plural: 'gitrepositories',
  shortNames: ['gitrepo'],
  scope: 'Namespaced',
  category: 'source',
  versions: [
    { name: 'v1', served: '2.0+' },
    { name: 'v1beta2', served: '2.0-2.7', deprecated: '2.0-2.7' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.0-2.6' },
  ],
  references: [
    secret('spec.secretRef'),
    secret('spec.proxySecretRef'),
    secret('spec.verify.secretRef'),
    serviceAccount('spec.serviceAccountName'),
    {
      path: 'spec.include[]',
      role: 'include',
      name: 'repository.name',
      kinds: [source('GitRepository')],
      expected: 'git',
    },
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true },
};
