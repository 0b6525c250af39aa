import { type KindEntry } from './kind';
import { secret, source } from './references';

/** One chart of a source, packaged (source-controller). */
export const helmChart: KindEntry = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'HelmChart',
  plural: 'helmcharts',
  shortNames: ['hc'],
  scope: 'Namespaced',
  category: 'source',
  versions: [
    { name: 'v1', served: '2.3+' },
    { name: 'v1beta2', served: '2.0-2.7', deprecated: '2.3-2.7' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.3-2.6' },
  ],
  references: [
    {
      path: 'spec.sourceRef',
      role: 'sourceRef',
      name: 'name',
      kinds: [source('HelmRepository'), source('GitRepository'), source('Bucket')],
      kind: 'kind',
      apiVersion: 'apiVersion',
      expected: 'git',
    },
    secret('spec.verify.secretRef'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true, withSource: true },
};
