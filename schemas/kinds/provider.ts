import { type KindEntry } from './kind';
import { secret, serviceAccount } from './references';

/** Where events go: chat, commit status, webhook (notification-controller). */
export const provider: KindEntry = {
  group: 'notification.toolkit.fluxcd.io',
  kind: 'Provider',
  plural: 'providers',
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
    secret('spec.secretRef'),
    secret('spec.certSecretRef'),
    secret('spec.proxySecretRef'),
    serviceAccount('spec.serviceAccountName'),
  ],
  capabilities: { suspend: 'spec.suspend', reconcile: false, static: true },
};
