import { type KindEntry } from './kind';
import { secret, serviceAccount } from './references';

/** Inputs for ResourceSets from a forge, a registry or given values (Flux Operator). */
export const resourceSetInputProvider: KindEntry = {
  group: 'fluxcd.controlplane.io',
  kind: 'ResourceSetInputProvider',
  plural: 'resourcesetinputproviders',
  shortNames: ['rsip'],
  scope: 'Namespaced',
  category: 'operator',
  versions: [{ name: 'v1', served: '2.0+' }],
  references: [secret('spec.secretRef'), secret('spec.certSecretRef'), serviceAccount('spec.serviceAccountName')],
  capabilities: { suspend: 'annotation', reconcile: true },
};
