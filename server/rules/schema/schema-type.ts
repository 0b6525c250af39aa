import { type FluxRelease } from '../../../schemas/release';
import { type JsonValue, type Path } from '../../model/json';
import { type SchemaCatalog } from '../../validation/catalog';
import { schemaAt } from '../../validation/describe';
import { describeFault } from '../../validation/messages';
import { matchesPattern } from '../../scalars/pattern';
import { type DeclaredObject } from '../declared-objects';
import { rewrite } from '../own-nodes';
import { type DocumentRule } from '../rule';
import { kustomizationTypeFaults } from './kustomization-faults';
import { schemaFaults, schemaIn } from './schema-faults';

export const schemaType: DocumentRule = {
  code: 'schema-type',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A value has the wrong type.',
  documentation: `The value is of another type than the field takes: text where a number is wanted, a single value where a list is wanted. Quotes decide: \`"2"\` is text, \`2\` is a number.

The API server refuses the object (kustomize the kustomization file), and Flux applies nothing of the whole Kustomization.

Add or remove the quotes, or write the value in the form the field takes.`,
  check(context) {
    for (const { object, fault, path, release, releases } of schemaFaults(context)) {
      if (fault.code !== 'type') continue;
      const text = converted(fault.actual, fault.expected, patternAt(context.schemas, object, fault.path, release));
      const edit = text === undefined ? undefined : rewrite(context.document, path, text);
      context.report({
        path,
        message: describeFault(fault),
        ...(releases && { releases }),
        ...(edit && { fix: { title: `Change to ${text ?? ''}`, edits: [edit] } }),
      });
    }
    for (const fault of kustomizationTypeFaults(context)) {
      const text = converted(fault.actual, fault.expected, undefined);
      const edit = text === undefined ? undefined : rewrite(context.document, fault.path, text);
      context.report({
        path: fault.path,
        message: describeFault(fault, 'The build fails here, so Flux will apply nothing of this Kustomization.'),
        ...(edit && { fix: { title: `Change to ${text ?? ''}`, edits: [edit] } }),
      });
    }
  },
};

/** The same value in the wanted type, where there is no doubt about it. */
function converted(actual: JsonValue, expected: readonly string[], pattern: string | undefined): string | undefined {
  const isNumber = typeof actual === 'number' || typeof actual === 'bigint';
  if ((isNumber || typeof actual === 'boolean') && expected.includes('string')) {
    if (pattern === undefined) return `"${actual.toString()}"`;
    // A bare number where a duration is wanted mostly means seconds.
    return [`"${actual.toString()}"`, `${actual.toString()}s`].find(
      (text) => matchesPattern(pattern, text.replaceAll('"', '')) === true,
    );
  }
  if (typeof actual !== 'string') return undefined;
  if (expected.includes('boolean') && /^(true|false)$/i.test(actual)) return actual.toLowerCase();
  const takesNumbers = expected.includes('integer') || expected.includes('number');
  if (takesNumbers && /^-?(0|[1-9]\d{0,14})$/.test(actual)) return actual;
  return expected.includes('array') && /^[\w./-]+$/.test(actual) ? `[${JSON.stringify(actual)}]` : undefined;
}

function patternAt(
  schemas: SchemaCatalog,
  object: DeclaredObject,
  path: Path,
  release: FluxRelease,
): string | undefined {
  const found = schemaIn(schemas, object, release);
  return found !== undefined && 'schema' in found ? schemaAt(found.schema, path)?.pattern : undefined;
}
