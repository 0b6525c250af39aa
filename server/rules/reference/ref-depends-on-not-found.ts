import { type ObjectRule } from '../rule';
import { dependentKinds, missingDependencies } from './missing-dependency';
import { clusterText, nameOf, severityFor, suggestion } from './missing-target';

export const refDependsOnNotFound: ObjectRule = {
  code: 'ref-depends-on-not-found',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: dependentKinds,
  summary: 'dependsOn names something that nothing in the cluster defines.',
  documentation: `A Kustomization or HelmRelease depends on an object of its own kind that no file of this cluster renders to. Without a \`namespace\` the dependency is looked for in the namespace that the dependant has after rendering.

Flux waits for it forever (\`DependencyNotReady\`) and asks again every 30 seconds; the object is never applied.

Correct the name, add the namespace, or remove the item.`,
  check(object, context) {
    for (const { reference, otherKind, otherClusters } of missingDependencies(object, context)) {
      if (otherKind.length > 0 || otherClusters.length > 0) continue;
      const { sentence, fix } = suggestion(reference, context.cluster, object);
      context.report({
        path: reference.path,
        message: `dependsOn names ${nameOf(reference.target.id, object)}, which nothing in ${clusterText(object, context)} defines. This ${object.id.kind} will wait for it forever.${sentence}`,
        ...severityFor(object),
        ...(fix && { fix }),
      });
    }
  },
};
