import { type DocumentRule } from '../rule';
import { unquotedTemplates } from './unquoted-template';

export const yamlSyntax: DocumentRule = {
  code: 'yaml-syntax',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A document is not valid YAML.',
  documentation: `The text cannot be read from the marked place on.

The build of the Kustomization that reads the file fails, and nothing of it is applied. Only this document is affected here: its neighbors, behind the next \`---\`, are still checked.`,
  check(context) {
    const { document, role } = context;
    if (role === 'data') return;
    if (unquotedTemplates(document).length > 0) return;
    // What follows the first fault mostly follows from it.
    const fault = document.faults.find(({ code }) => code === 'syntax' || code === 'alias-limit');
    if (fault === undefined) return;
    const { start, end, message } = fault;
    const outcome = message.includes('Flux') ? '' : ' The build that reads it will fail.';
    context.report({ span: { start, end }, message: `${message}${outcome}` });
  },
};
