import { type ObjectRule } from '../rule';
import { clusterText, missingTargets, nameOf, severityFor, suggestion } from './missing-target';

export const refProviderNotFound: ObjectRule = {
  code: 'ref-provider-not-found',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: ['notification.toolkit.fluxcd.io/Alert'],
  summary: 'An Alert sends to a Provider that does not exist in its namespace.',
  documentation: `\`providerRef\` names a Provider that no file of this cluster renders to. A Provider is looked up in the namespace of the Alert only.

Flux drops every event of this Alert. An Alert has no status, so only the log of the notification controller tells.

Correct the name, or create the Provider in the namespace of the Alert.`,
  check(object, context) {
    for (const reference of missingTargets(object, context, ['providerRef'])) {
      const { id } = reference.target;
      const { sentence, fix } = suggestion(reference, context.cluster);
      context.report({
        path: reference.path,
        message: `providerRef names ${nameOf(id, object)}, which nothing in ${clusterText(object, context)} defines in namespace ${id.namespace}. Every event of this Alert will be dropped without a trace in its status.${sentence}`,
        ...severityFor(object),
        ...(fix && { fix }),
      });
    }
  },
};
