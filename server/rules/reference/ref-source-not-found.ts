import { type ObjectRule } from '../rule';
import { clusterText, missingTargets, nameOf, sameNameElsewhere, severityFor, suggestion } from './missing-target';

export const refSourceNotFound: ObjectRule = {
  code: 'ref-source-not-found',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: [
    'kustomize.toolkit.fluxcd.io/Kustomization',
    'source.toolkit.fluxcd.io/HelmChart',
    'source.extensions.fluxcd.io/ArtifactGenerator',
  ],
  summary: 'A source is named that nothing in the cluster defines.',
  documentation: `A Flux object reads its files from a source object that no file of this cluster renders to.

Flux marks the object as not ready (\`ArtifactFailed\`, "source not found") and tries again at its retry interval. Nothing is applied until the source exists.

Correct the name or the kind, add the namespace of the source, or create the source.`,
  check(object, context) {
    for (const reference of missingTargets(object, context, ['sourceRef', 'sources'])) {
      const { id } = reference.target;
      if (sameNameElsewhere(id, context.cluster).length > 0) continue;
      const { sentence, fix } = suggestion(reference, context.cluster);
      context.report({
        path: reference.path,
        message: `${reference.role} names ${nameOf(id, object)}, which nothing in ${clusterText(object, context)} defines. This ${object.id.kind} will fail until it exists.${sentence}`,
        ...severityFor(object),
        ...(fix && { fix }),
      });
    }
  },
};
