import { type KindEntry } from './kind';
import { anyKind, configMap, secret, serviceAccount, source, valuesObject } from './references';

/** Applies a directory of a source (kustomize-controller). */
export const kustomization: KindEntry = {
  group: 'kustomize.toolkit.fluxcd.io',
  kind: 'Kustomization',
  plural: 'kustomizations',
  shortNames: ['ks'],
  scope: 'Namespaced',
  category: 'apply',
  versions: [
    { name: 'v1', served: '2.0+' },
    { name: 'v1beta2', served: '2.0-2.7', deprecated: '2.0-2.7' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.0-2.6' },
  ],
  references: [
    {
      path: 'spec.sourceRef',
      role: 'sourceRef',
      name: 'name',
      namespace: 'namespace',
      kinds: [source('GitRepository'), source('OCIRepository'), source('Bucket'), source('ExternalArtifact')],
      kind: 'kind',
      apiVersion: 'apiVersion',
      expected: 'git',
    },
    {
      path: 'spec.dependsOn[]',
      role: 'dependsOn',
      name: 'name',
      namespace: 'namespace',
      kinds: [{ group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' }],
      expected: 'git',
    },
    anyKind('spec.healthChecks[]', 'healthChecks'),
    valuesObject('spec.postBuild.substituteFrom[]', 'substituteFrom'),
    secret('spec.decryption.secretRef'),
    serviceAccount('spec.decryption.serviceAccountName'),
    secret('spec.kubeConfig.secretRef'),
    configMap('spec.kubeConfig.configMapRef'),
    serviceAccount('spec.serviceAccountName'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true, withSource: true },
};
