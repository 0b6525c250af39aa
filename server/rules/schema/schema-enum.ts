import { describeFault } from '../../validation/messages';
import { isSourceKind } from '../reference/source-kind';
import { type DocumentRule } from '../rule';
import { isWidenedByOperator } from './operator-kinds';
import { schemaFaults } from './schema-faults';

export const schemaEnum: DocumentRule = {
  code: 'schema-enum',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A value is none of those the field takes.',
  documentation: `The field takes one of a fixed set of values, upper and lower case told apart.

The API server refuses the object, and Flux applies nothing of the whole Kustomization.

Choose one of the values named in the message.`,
  check(context) {
    for (const { object, fault, path, releases } of schemaFaults(context)) {
      // A kind that may not be named by a reference has its own rule, which knows what may stand there instead.
      if (fault.code !== 'enum' || isSourceKind(object, fault.path)) continue;
      if (isWidenedByOperator(context, object, fault.path)) continue;
      const [text] = fault.suggestions;
      context.report({
        path,
        message: describeFault(fault),
        ...(releases && { releases }),
        ...(text !== undefined && { fix: { title: `Change to ${text}`, edits: [{ kind: 'replace', path, text }] } }),
      });
    }
  },
};
