import { type ObjectRule } from '../rule';
import { clusterText, missingTargets, nameOf, severityFor, suggestion } from './missing-target';

export const refImageSource: ObjectRule = {
  code: 'ref-image-source',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: ['image.toolkit.fluxcd.io/ImageUpdateAutomation'],
  summary: 'An ImageUpdateAutomation writes to a GitRepository that nothing in the cluster defines.',
  documentation: `\`sourceRef\` of an ImageUpdateAutomation must name an existing GitRepository: it says which branch is cloned and with which credentials changes are pushed.

Without it the automation fails and never pushes a commit.

Correct the name or the namespace, or create the GitRepository.`,
  check(object, context) {
    for (const reference of missingTargets(object, context, ['sourceRef'])) {
      const { sentence, fix } = suggestion(reference, context.cluster);
      context.report({
        path: reference.path,
        message: `sourceRef names ${nameOf(reference.target.id, object)}, which nothing in ${clusterText(object, context)} defines. This ImageUpdateAutomation will never push a change.${sentence}`,
        ...severityFor(object),
        ...(fix && { fix }),
      });
    }
  },
};
