import { describeFault } from '../../validation/messages';
import { type Fault, type FaultCode } from '../../validation/fault';
import { type DocumentRule } from '../rule';
import { schemaFaults } from './schema-faults';

const codes: ReadonlySet<FaultCode> = new Set([
  'pattern',
  'format',
  'length',
  'range',
  'count',
  'duplicate-item',
  'forbidden',
]);

export const schemaPattern: DocumentRule = {
  code: 'schema-pattern',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A value does not have the form the field takes.',
  documentation: `The value breaks a rule of its field: the form of a duration or a URL, a length, a range, items that must differ, fields that exclude each other.

Durations are numbers with units, such as \`1h30m\`; timeouts of sources, providers and image repositories take no hours, so \`1h\` is written \`60m\` there.

The API server refuses the object, and Flux applies nothing of the whole Kustomization.`,
  check(context) {
    for (const { fault, path, releases } of schemaFaults(context)) {
      const excludes = fault.code === 'alternatives' && fault.matched > 0;
      if (!codes.has(fault.code) && !excludes) continue;
      const text = repaired(fault);
      context.report({
        path,
        part: fault.part,
        message: describeFault(fault),
        ...(releases && { releases }),
        ...(text !== undefined && { fix: { title: `Change to ${text}`, edits: [{ kind: 'replace', path, text }] } }),
      });
    }
  },
};

/** Whole hours in minutes, where only hours are refused. */
function repaired(fault: Fault): string | undefined {
  if (fault.code !== 'pattern' || fault.pattern !== '^([0-9]+(\\.[0-9]+)?(ms|s|m))+$') return undefined;
  const match = /^(\d{1,4})h(?:(\d{1,4})m)?$/.exec(fault.actual);
  if (match === null) return undefined;
  const [, hours, minutes = 0] = match;
  return `${Number(hours) * 60 + Number(minutes)}m`;
}
