import { describeFault, formatPath } from '../../validation/messages';
import { migrateField } from '../api/migrations';
import { type DocumentRule, type Edit } from '../rule';
import { neededRelease, versionsWith } from './field-history';
import { schemaFaults } from './schema-faults';

export const schemaUnknownField: DocumentRule = {
  code: 'schema-unknown-field',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A field does not exist in this version of the kind.',
  documentation: `The kind has no such field in the API version that is written: it is misspelt, indented wrongly, or gone since an older version.

The API server refuses the object ("field not declared in schema"), and Flux applies nothing of the whole Kustomization, not only of this object.

Correct the name or the indentation, or remove the field.`,
  check(context) {
    for (const { object, fault, path, release, releases } of schemaFaults(context)) {
      if (fault.code !== 'unknown-field') continue;
      if (neededRelease(object, fault.path, release) !== undefined) continue;
      const older = versionsWith(object, fault.path);
      const [near] = fault.suggestions;
      const isGone = older.length > 0;
      const edits: readonly Edit[] | undefined = isGone
        ? migrateField(context.document, object, fault.path)
        : [near === undefined ? { kind: 'remove', path } : { kind: 'rename-key', path, text: near }];
      const title = isGone
        ? `Migrate ${formatPath(fault.path)}`
        : near === undefined
          ? `Remove ${fault.name}`
          : `Rename to ${near}`;
      context.report({
        path,
        part: 'key',
        message: isGone
          ? `${formatPath(fault.path)} is gone in ${object.kind} ${object.version}; it existed in ${older.join(' and ')}. Flux will fail to apply this object.`
          : describeFault(fault),
        ...(releases && { releases }),
        ...(edits && { fix: { title, edits } }),
      });
    }
  },
};
