import { isObject, type JsonValue, type Path, valueAt } from '../../model/json';
import { declaredObjects } from '../declared-objects';
import { type DocumentRule } from '../rule';

const serverFields: readonly Path[] = [
  ['status'],
  ['metadata', 'creationTimestamp'],
  ['metadata', 'managedFields'],
  ['metadata', 'resourceVersion'],
  ['metadata', 'uid'],
];

export const schemaStatusInGit: DocumentRule = {
  code: 'schema-status-in-git',
  severity: 'warning',
  certainty: 'certain',
  scope: 'document',
  summary: 'A field that only the cluster writes is committed.',
  documentation: `\`status\`, \`managedFields\`, \`resourceVersion\`, \`uid\` and \`creationTimestamp\` are written by the cluster. They come into a file when an object is saved from a cluster.

A \`resourceVersion\` makes every apply but the first fail with a conflict, \`managedFields\` and \`uid\` are refused, and a \`status\` is at best ignored.

Remove the field.`,
  check(context) {
    for (const { at, kind, value } of declaredObjects(context)) {
      // Generators of resource definitions write an empty status of which the API server takes no notice.
      if (kind === 'CustomResourceDefinition') continue;
      for (const field of serverFields) {
        if (isEmpty(valueAt(value, field))) continue;
        const path = [...at, ...field];
        context.report({
          path,
          part: 'key',
          message: `${field.join('.')} is written by the cluster, not by Git. Flux may fail to apply this ${kind} because of it.`,
          fix: { title: `Remove ${field.join('.')}`, edits: [{ kind: 'remove', path }] },
        });
      }
    }
  },
};

// `creationTimestamp: null` and `status: {}` come from code generators and do nothing.
function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (isObject(value) && value.size === 0);
}
