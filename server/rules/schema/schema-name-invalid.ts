import { describeFault } from '../../validation/messages';
import { isName } from '../../validation/names';
import { type Fault } from '../../validation/fault';
import { type DocumentRule } from '../rule';
import { schemaFaults } from './schema-faults';

export const schemaNameInvalid: DocumentRule = {
  code: 'schema-name-invalid',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A name, namespace, label or annotation has a form that Kubernetes does not take.',
  documentation: `Names of objects are lower-case letters, digits, dashes and (mostly) dots; namespaces have no dots; labels and annotations have an optional domain before a slash and at most 63 characters behind it.

The API server refuses the object, and Flux applies nothing of the whole Kustomization.

Rename it. Other objects that name it must follow.`,
  check(context) {
    for (const { fault, path } of schemaFaults(context)) {
      if (fault.code !== 'name' && fault.code !== 'annotations-size') continue;
      const text = slug(fault);
      context.report({
        path,
        part: fault.part,
        message: describeFault(fault),
        ...(text !== undefined && { fix: { title: `Change to ${text}`, edits: [{ kind: 'replace', path, text }] } }),
      });
    }
  },
};

/** The nearest name in the grammar; labels and keys are chosen by others, so they are left to the author. */
function slug(fault: Fault): string | undefined {
  if (fault.code !== 'name' || (fault.subject !== 'name' && fault.subject !== 'namespace')) return undefined;
  const text = fault.actual
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .replace(fault.rule === 'dns-label' ? /\./g : /\.{2,}/g, '-');
  return isName(fault.rule, text) ? text : undefined;
}
