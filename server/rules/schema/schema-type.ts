import { type JsonValue } from '../../model/json';
import { describeFault } from '../../validation/messages';
import { rewrite } from '../own-nodes';
import { type DocumentRule } from '../rule';
import { schemaFaults } from './schema-faults';

export const schemaType: DocumentRule = {
  code: 'schema-type',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A value has the wrong type.',
  documentation: `The value is of another type than the field takes: text where a number is wanted, a single value where a list is wanted. Quotes decide: \`"2"\` is text, \`2\` is a number.

The API server refuses the object, and Flux applies nothing of the whole Kustomization.

Add or remove the quotes, or write the value in the form the field takes.`,
  check(context) {
    for (const { fault, path, releases } of schemaFaults(context)) {
      if (fault.code !== 'type') continue;
      const text = converted(fault.actual, fault.expected);
      const edit = text === undefined ? undefined : rewrite(context.document, path, text);
      context.report({
        path,
        message: describeFault(fault),
        ...(releases && { releases }),
        ...(edit && { fix: { title: `Change to ${text ?? ''}`, edits: [edit] } }),
      });
    }
  },
};

/** The same value in the wanted type, where there is no doubt about it. */
function converted(actual: JsonValue, expected: readonly string[]): string | undefined {
  const isScalar = typeof actual === 'number' || typeof actual === 'bigint' || typeof actual === 'boolean';
  if (isScalar && expected.includes('string')) return `"${actual.toString()}"`;
  if (typeof actual !== 'string') return undefined;
  if (expected.includes('boolean') && /^(true|false)$/i.test(actual)) return actual.toLowerCase();
  const isNumeric = expected.includes('integer') || expected.includes('number');
  if (isNumeric && /^-?(0|[1-9]\d{0,14})$/.test(actual)) return actual;
  if (expected.includes('array') && /^[\w./-]+$/.test(actual)) return `[${JSON.stringify(actual)}]`;
  return undefined;
}
