import { type ObjectRule } from '../rule';
import { dependentKinds, missingDependencies } from './missing-dependency';
import { nameOf, severityFor } from './missing-target';

export const refDependsOnOtherEnv: ObjectRule = {
  code: 'ref-depends-on-other-env',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: dependentKinds,
  summary: 'dependsOn names something that only another cluster defines.',
  documentation: `The dependency exists in the files of another cluster, but not in this one. Clusters know nothing of each other.

Flux waits for it forever (\`DependencyNotReady\`).

Add the dependency to this cluster, or remove the item where it does not apply.`,
  check(object, context) {
    for (const { reference, otherClusters } of missingDependencies(object, context)) {
      if (otherClusters.length === 0) continue;
      const names = otherClusters.map(({ cluster }) => cluster.name).join(', ');
      context.report({
        path: reference.path,
        message: `dependsOn names ${nameOf(reference.target.id, object)}, which exists in ${names} but not in cluster ${context.cluster.cluster.name}. Here this ${object.id.kind} will wait for it forever.`,
        ...severityFor(object),
      });
    }
  },
};
