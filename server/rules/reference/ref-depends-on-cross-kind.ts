import { type ObjectRule } from '../rule';
import { dependentKinds, missingDependencies, ownerText } from './missing-dependency';
import { severityFor } from './missing-target';

export const refDependsOnCrossKind: ObjectRule = {
  code: 'ref-depends-on-cross-kind',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: dependentKinds,
  summary: 'dependsOn names an object of another kind.',
  documentation: `\`dependsOn\` looks only at objects of the same kind: a Kustomization depends on Kustomizations, a HelmRelease on HelmReleases. The name exists, but as the other kind.

Flux waits for it forever (\`DependencyNotReady\`).

Depend on the Kustomization that applies the HelmRelease, and give that one \`wait: true\` or a health check. A HelmRelease cannot wait for a Kustomization: let its own Kustomization do so.`,
  check(object, context) {
    for (const { reference, otherKind } of missingDependencies(object, context)) {
      const [other] = otherKind;
      if (other === undefined) continue;
      const owner = object.id.kind === 'Kustomization' ? ownerText(other, context.cluster) : undefined;
      const advice = owner === undefined ? '' : ` ${other.id.kind} ${other.id.name} is applied by ${owner}.`;
      context.report({
        path: reference.path,
        message: `dependsOn names ${reference.target.id.name}, which is a ${other.id.kind}; a ${object.id.kind} can depend only on a ${object.id.kind}. It will wait forever.${advice}`,
        ...severityFor(object),
        related: [
          { object: other, path: ['metadata', 'name'], message: `${other.id.kind} ${other.id.name} is defined here` },
        ],
      });
    }
  },
};
