import { type KindEntry } from './kind';
import { serviceAccount, source } from './references';

/** Cuts and joins sources into ExternalArtifacts (source-watcher). */
export const artifactGenerator: KindEntry = {
  group: 'source.extensions.fluxcd.io',
  kind: 'ArtifactGenerator',
  plural: 'artifactgenerators',
  shortNames: ['ag'],
  scope: 'Namespaced',
  category: 'source',
  versions: [{ name: 'v1beta1', served: '2.7+' }],
  references: [
    {
      path: 'spec.sources[]',
      role: 'sources',
      name: 'name',
      namespace: 'namespace',
      kinds: [
        source('GitRepository'),
        source('OCIRepository'),
        source('Bucket'),
        source('HelmChart'),
        source('ExternalArtifact'),
      ],
      kind: 'kind',
      expected: 'git',
    },
    serviceAccount('spec.serviceAccountName'),
  ],
  capabilities: { suspend: 'annotation', reconcile: true },
};
