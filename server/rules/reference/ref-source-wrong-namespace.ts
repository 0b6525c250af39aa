import { type ObjectRule } from '../rule';
import { missingTargets, nameOf, namespaceEdit, sameNameElsewhere, severityFor } from './missing-target';

export const refSourceWrongNamespace: ObjectRule = {
  code: 'ref-source-wrong-namespace',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: [
    'kustomize.toolkit.fluxcd.io/Kustomization',
    'helm.toolkit.fluxcd.io/HelmRelease',
    'source.toolkit.fluxcd.io/HelmChart',
    'source.extensions.fluxcd.io/ArtifactGenerator',
  ],
  summary: 'A source is looked for in a namespace where it does not exist.',
  documentation: `A source of this kind and name exists in the cluster, but in another namespace. Without a \`namespace\` a reference points into the namespace that the referring object has after rendering, which \`namespace\` in a kustomization or \`targetNamespace\` may have changed.

Flux reports that the source is not found and tries again at the retry interval.

Add the namespace of the source to the reference, or move one of the two objects.`,
  check(object, context) {
    for (const reference of missingTargets(object, context, ['sourceRef', 'chartRef', 'sources'])) {
      const { id } = reference.target;
      const [there, ...more] = sameNameElsewhere(id, context.cluster);
      if (there === undefined) continue;
      const edit = namespaceEdit(reference, there.id.namespace);
      const place = more.length === 0 ? `only in namespace ${there.id.namespace}` : 'only in other namespaces';
      context.report({
        path: reference.path,
        message: `${nameOf(id, object)} does not exist in namespace ${id.namespace}, ${place}. This ${object.id.kind} will fail with "source not found".`,
        ...severityFor(object),
        related: [
          { object: there, path: ['metadata', 'name'], message: `${there.id.kind} ${id.name} is defined here` },
        ],
        ...(edit && { fix: { title: `Set the namespace to ${there.id.namespace}`, edits: [edit] } }),
      });
    }
  },
};
