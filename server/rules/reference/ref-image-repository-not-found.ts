import { type ObjectRule } from '../rule';
import { clusterText, missingTargets, nameOf, severityFor, suggestion } from './missing-target';

export const refImageRepositoryNotFound: ObjectRule = {
  code: 'ref-image-repository-not-found',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: ['image.toolkit.fluxcd.io/ImagePolicy'],
  summary: 'An ImagePolicy chooses tags of an ImageRepository that nothing in the cluster defines.',
  documentation: `\`imageRepositoryRef\` names an ImageRepository that no file of this cluster renders to.

The ImagePolicy stays not ready (\`DependencyNotReady\`) and never chooses a tag, so image updates stop without any other sign.

Correct the name or the namespace, or create the ImageRepository.`,
  check(object, context) {
    for (const reference of missingTargets(object, context, ['imageRepositoryRef'])) {
      const { sentence, fix } = suggestion(reference, context.cluster);
      context.report({
        path: reference.path,
        message: `imageRepositoryRef names ${nameOf(reference.target.id, object)}, which nothing in ${clusterText(object, context)} defines. This ImagePolicy will never choose a tag.${sentence}`,
        ...severityFor(object),
        ...(fix && { fix }),
      });
    }
  },
};
