import { referencesOf } from '../../workspace/references';
import { type ObjectRule } from '../rule';
import { dependentKinds } from './missing-dependency';
import { isSuspended, nameOf } from './missing-target';

export const refDependsOnSuspended: ObjectRule = {
  code: 'ref-depends-on-suspended',
  severity: 'warning',
  certainty: 'certain',
  scope: 'object',
  kinds: dependentKinds,
  summary: 'dependsOn names an object that is suspended in Git.',
  documentation: `The dependency has \`suspend: true\` in Git, so Flux does not work on it.

The dependant goes on only if the dependency was ready at its present generation, and, for Kustomizations that share a source, at its present revision. With the next commit it waits.

Resume the dependency, suspend the dependant too, or remove the item.`,
  check(object, context) {
    if (isSuspended(object)) return;
    for (const { role, target, path } of referencesOf(object)) {
      if (role !== 'dependsOn') continue;
      const answer = context.cluster.find(target.id);
      if (answer.kind !== 'found') continue;
      const suspended = answer.objects.find(isSuspended);
      if (suspended === undefined) continue;
      context.report({
        path,
        message: `${nameOf(target.id, object)} is suspended. This ${object.id.kind} will wait once the dependency is behind.`,
        related: [{ object: suspended, path: ['spec', 'suspend'], message: 'Suspended here' }],
      });
    }
  },
};
