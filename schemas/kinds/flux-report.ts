import { type KindEntry } from './kind';

/** What the Flux Operator observes; it writes the object itself. */
export const fluxReport: KindEntry = {
  group: 'fluxcd.controlplane.io',
  kind: 'FluxReport',
  plural: 'fluxreports',
  shortNames: [],
  scope: 'Namespaced',
  category: 'operator',
  versions: [{ name: 'v1', served: '2.0+' }],
  references: [],
  capabilities: { suspend: 'none', reconcile: false },
};
