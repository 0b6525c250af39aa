import { type KindEntry } from './kind';
import { anyKind } from './references';

/** An artifact that another controller made, such as source-watcher; seldom written by hand. */
export const externalArtifact: KindEntry = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'ExternalArtifact',
  plural: 'externalartifacts',
  shortNames: ['ea'],
  scope: 'Namespaced',
  category: 'source',
  versions: [{ name: 'v1', served: '2.7+' }],
  references: [anyKind('spec.sourceRef', 'sourceRef')],
  capabilities: { suspend: 'none', reconcile: false },
};
