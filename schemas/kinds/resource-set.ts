import { type KindEntry } from './kind';
import { anyKind, serviceAccount } from './references';

/** Objects from templates and inputs (Flux Operator). */
export const resourceSet: KindEntry = {
  group: 'fluxcd.controlplane.io',
  kind: 'ResourceSet',
  plural: 'resourcesets',
  shortNames: ['rset'],
  scope: 'Namespaced',
  category: 'operator',
  versions: [{ name: 'v1', served: '2.0+' }],
  references: [
    anyKind('spec.dependsOn[]', 'dependsOn'),
    {
      path: 'spec.inputsFrom[]',
      role: 'inputsFrom',
      name: 'name',
      kinds: [{ group: 'fluxcd.controlplane.io', kind: 'ResourceSetInputProvider' }],
      kind: 'kind',
      apiVersion: 'apiVersion',
      expected: 'git',
    },
    serviceAccount('spec.serviceAccountName'),
  ],
  capabilities: { suspend: 'annotation', reconcile: true },
};
