import { resourceKey } from '../../model/resource-id';
import { referencesOf } from '../../workspace/references';
import { type ObjectRule } from '../rule';
import { dependentKinds } from './missing-dependency';
import { nameOf } from './missing-target';

export const refDependsOnDuplicate: ObjectRule = {
  code: 'ref-depends-on-duplicate',
  severity: 'hint',
  certainty: 'certain',
  scope: 'object',
  kinds: dependentKinds,
  summary: 'The same dependency is listed twice.',
  documentation: `Two items of \`dependsOn\` name the same object, one of them perhaps with its namespace written out.

Flux checks it twice; nothing else happens.

Remove one of the items.`,
  check(object, context) {
    const seen = new Map<string, readonly (string | number)[]>();
    for (const { role, target, at } of referencesOf(object)) {
      if (role !== 'dependsOn') continue;
      const key = resourceKey(target.id);
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, at);
        continue;
      }
      context.report({
        path: at,
        message: `dependsOn already names ${nameOf(target.id, object)}. The second item changes nothing.`,
        related: [{ object, path: first, message: 'First named here' }],
        fix: { title: 'Remove the second item', edits: [{ kind: 'remove', path: at }] },
      });
    }
  },
};
