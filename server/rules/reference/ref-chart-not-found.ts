import { type ObjectRule } from '../rule';
import { clusterText, missingTargets, nameOf, sameNameElsewhere, severityFor, suggestion } from './missing-target';

export const refChartNotFound: ObjectRule = {
  code: 'ref-chart-not-found',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: ['helm.toolkit.fluxcd.io/HelmRelease'],
  summary: 'A HelmRelease takes its chart from something that nothing in the cluster defines.',
  documentation: `\`chartRef\`, or \`sourceRef\` of the chart template, names an object that no file of this cluster renders to.

Flux cannot fetch the chart: the HelmRelease stays not ready (\`SourceNotReady\`), and an existing release is not upgraded.

Correct the name or the kind, or create the source.`,
  check(object, context) {
    for (const reference of missingTargets(object, context, ['chartRef', 'sourceRef'])) {
      const { id } = reference.target;
      if (sameNameElsewhere(id, context.cluster).length > 0) continue;
      const { sentence, fix } = suggestion(reference, context.cluster);
      context.report({
        path: reference.path,
        message: `${reference.role} names ${nameOf(id, object)}, which nothing in ${clusterText(object, context)} defines. Flux cannot fetch the chart, so this HelmRelease will not be installed.${sentence}`,
        ...severityFor(object),
        ...(fix && { fix }),
      });
    }
  },
};
