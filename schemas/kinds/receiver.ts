import { type KindEntry } from './kind';
import { reconciledKinds, secret } from './references';

/** A webhook that makes objects reconcile (notification-controller). */
export const receiver: KindEntry = {
  group: 'notification.toolkit.fluxcd.io',
  kind: 'Receiver',
  plural: 'receivers',
  shortNames: [],
  scope: 'Namespaced',
  category: 'notification',
  versions: [
    { name: 'v1', served: '2.0+' },
    { name: 'v1beta2', served: '2.0-2.8', deprecated: '2.0-2.8' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.0-2.6' },
  ],
  references: [
    // The name may be `*`: all objects of the kind in the namespace.
    {
      path: 'spec.resources[]',
      role: 'resources',
      name: 'name',
      namespace: 'namespace',
      kinds: reconciledKinds,
      kind: 'kind',
      apiVersion: 'apiVersion',
      expected: 'git',
    },
    secret('spec.secretRef'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: true },
};
