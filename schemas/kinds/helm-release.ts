import { type KindEntry } from './kind';
import { configMap, secret, serviceAccount, source, valuesObject } from './references';

/** Installs and upgrades a Helm chart (helm-controller). */
export const helmRelease: KindEntry = {
  group: 'helm.toolkit.fluxcd.io',
  kind: 'HelmRelease',
  plural: 'helmreleases',
  shortNames: ['hr'],
  scope: 'Namespaced',
  category: 'apply',
  versions: [
    { name: 'v2', served: '2.3+' },
    { name: 'v2beta2', served: '2.2-2.7', deprecated: '2.3-2.7' },
    { name: 'v2beta1', served: '2.0-2.6', deprecated: '2.2-2.6' },
  ],
  references: [
    {
      path: 'spec.chartRef',
      role: 'chartRef',
      name: 'name',
      namespace: 'namespace',
      kinds: [source('OCIRepository'), source('HelmChart'), source('ExternalArtifact')],
      kind: 'kind',
      apiVersion: 'apiVersion',
      expected: 'git',
    },
    {
      path: 'spec.chart.spec.sourceRef',
      role: 'sourceRef',
      name: 'name',
      namespace: 'namespace',
      kinds: [source('HelmRepository'), source('GitRepository'), source('Bucket')],
      kind: 'kind',
      apiVersion: 'apiVersion',
      expected: 'git',
    },
    {
      path: 'spec.dependsOn[]',
      role: 'dependsOn',
      name: 'name',
      namespace: 'namespace',
      kinds: [{ group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' }],
      expected: 'git',
    },
    valuesObject('spec.valuesFrom[]', 'valuesFrom'),
    secret('spec.kubeConfig.secretRef'),
    configMap('spec.kubeConfig.configMapRef'),
    serviceAccount('spec.serviceAccountName'),
    secret('spec.chart.spec.verify.secretRef'),
    // With chart.kind OCIRepository the chart template describes its own source.
    secret('spec.chart.spec.secretRef'),
    secret('spec.chart.spec.certSecretRef'),
    secret('spec.chart.spec.proxySecretRef'),
    secret('spec.chart.spec.verify.trustedRootSecretRef'),
    serviceAccount('spec.chart.spec.serviceAccountName'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true, withSource: true },
};
