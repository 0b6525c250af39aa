import { resourceKey } from '../../model/resource-id';
import { referencesOf } from '../../workspace/references';
import { type ObjectRule } from '../rule';

export const graphSelfDependency: ObjectRule = {
  code: 'graph-self-dependency',
  severity: 'error',
  certainty: 'certain',
  scope: 'object',
  kinds: ['kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease'],
  summary: 'An object depends on itself.',
  documentation: `An item of \`dependsOn\` names the object it stands in.

The object waits for itself and never becomes ready (\`DependencyNotReady\`). A Kustomization that does so also keeps new revisions from triggering other Kustomizations of the same source.

Remove the item.`,
  check(object, context) {
    const { kind, name } = object.id;
    for (const { role, target, path, at } of referencesOf(object)) {
      if (role !== 'dependsOn' || resourceKey(target.id) !== object.key) continue;
      context.report({
        path,
        message: `${kind} ${name} depends on itself. It will never become ready.`,
        fix: { title: 'Remove the dependency on itself', edits: [{ kind: 'remove', path: at }] },
      });
    }
  },
};
