import { isUnknownAt } from '../../build/unknown';
import { kustomizationFileNames } from '../../build/facts';
import { stringAt, valueAt } from '../../model/json';
import { type ObjectRule } from '../rule';
import { kustomizationKind, specPath, treeOf } from './applied-path';

export const ksPathMissing: ObjectRule = {
  code: 'ks-path-missing',
  severity: 'warning',
  certainty: 'certain',
  scope: 'object',
  kinds: [kustomizationKind],
  summary: 'A Kustomization without a path applies the whole repository.',
  documentation: `Without \`spec.path\` a Kustomization starts at the root of its source. No kustomization file lies there, so Flux applies every YAML file of the repository, those of all clusters included.

Add \`path\` with the folder that is meant. To apply the root on purpose, write \`path: ./\`.`,
  check(object, context) {
    if (object.value === undefined || isUnknownAt(object.unknown, specPath)) return;
    if (valueAt(object.value, specPath) !== undefined) return;
    // The root of an artifact that was made for one purpose is the usual path of its Kustomizations.
    if (stringAt(object.value, 'spec', 'sourceRef', 'kind') !== 'GitRepository') return;
    const tree = treeOf(object, context.cluster);
    if (tree === undefined || kustomizationFileNames.some((name) => tree.stat(name) === 'file')) return;
    context.report({
      path: ['spec'],
      part: 'key',
      message: `Kustomization ${object.id.name} has no path. Flux will apply every YAML file of the source.`,
    });
  },
};
