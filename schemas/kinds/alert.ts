import { type KindEntry } from './kind';
import { reconciledKinds } from './references';

/** Sends events of Flux objects to a Provider (notification-controller). */
export const alert: KindEntry = {
  group: 'notification.toolkit.fluxcd.io',
  kind: 'Alert',
  plural: 'alerts',
  shortNames: [],
  scope: 'Namespaced',
  category: 'notification',
  versions: [
    { name: 'v1', served: '2.10+' },
    { name: 'v1beta3', served: '2.2+', deprecated: '2.10+' },
    { name: 'v1beta2', served: '2.0-2.8', deprecated: '2.2-2.8' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.2-2.6' },
  ],
  references: [
    {
      path: 'spec.providerRef',
      role: 'providerRef',
      name: 'name',
      kinds: [{ group: 'notification.toolkit.fluxcd.io', kind: 'Provider' }],
      expected: 'git',
    },
    // The name may be `*`: all objects of the kind in the namespace.
    {
      path: 'spec.eventSources[]',
      role: 'eventSources',
      name: 'name',
      namespace: 'namespace',
      kinds: reconciledKinds,
      kind: 'kind',
      apiVersion: 'apiVersion',
      expected: 'git',
    },
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: false, static: true },
};
