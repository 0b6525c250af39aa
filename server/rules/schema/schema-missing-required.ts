import { type Schema } from '../../../schemas/schema';
import { type Fault } from '../../validation/fault';
import { describeFault } from '../../validation/messages';
import { schemaAt } from '../../validation/describe';
import { type DocumentRule, type Report } from '../rule';
import { schemaFaults, schemaIn } from './schema-faults';

export const schemaMissingRequired: DocumentRule = {
  code: 'schema-missing-required',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A required field is missing.',
  documentation: `The object lacks a field that its kind requires. A field that is written without a value counts as missing.

The API server refuses the object, and Flux applies nothing of the whole Kustomization.

Add the field.`,
  check(context) {
    for (const { object, fault, path, release, releases } of schemaFaults(context)) {
      const misses = fault.code === 'missing-required' || (fault.code === 'alternatives' && fault.matched === 0);
      if (!misses || isIdentity(fault)) continue;
      const found = schemaIn(context.schemas, object, release);
      const schema = found !== undefined && 'schema' in found ? found.schema : undefined;
      const fix = schema && fault.code === 'missing-required' ? insertion(fault, path, schema) : undefined;
      context.report({
        path,
        part: path.length === 0 ? 'whole' : typeof path.at(-1) === 'number' ? 'value' : 'key',
        message: describeFault(fault),
        ...(releases && { releases }),
        ...(fix && { fix }),
      });
    }
  },
};

/** API version, kind and name make an object what it is: their absence is k8s-missing-identity. */
function isIdentity(fault: Fault): boolean {
  if (fault.code !== 'missing-required') return false;
  if (fault.path.length === 0) return ['apiVersion', 'kind', 'metadata'].includes(fault.name);
  return fault.path.length === 1 && fault.path[0] === 'metadata' && fault.name === 'name';
}

/** Adds the field where its default, its example or its only value says what to write. */
function insertion(
  fault: Fault & { readonly code: 'missing-required' },
  path: Report['path'] & {},
  schema: Schema,
): Report['fix'] {
  const field = schemaAt(schema, [...fault.path, fault.name]);
  const value = field?.example ?? field?.default ?? (field?.enum?.length === 1 ? field.enum[0] : undefined);
  if (value === undefined) return undefined;
  const edit = { kind: 'insert', path, key: fault.name, yaml: JSON.stringify(value) } as const;
  return { title: `Add ${fault.name}`, edits: [edit] };
}
