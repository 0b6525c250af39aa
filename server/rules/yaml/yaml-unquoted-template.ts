import { type DocumentRule } from '../rule';
import { unquotedTemplates } from './unquoted-template';

export const yamlUnquotedTemplate: DocumentRule = {
  code: 'yaml-unquoted-template',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A variable inside braces or brackets has no quotes around it.',
  documentation: `Inside \`{ … }\` and \`[ … ]\` the brace of \`\${name}\` opens a map, so the text is no YAML any more. Variables are put in only after the text was read.

The build fails, and nothing of the whole Kustomization is applied.

Put the value in quotes.`,
  check(context) {
    const { document, role } = context;
    if (role === 'data') return;
    for (const { span } of unquotedTemplates(document)) {
      const value = document.text.slice(span.start, span.end);
      context.report({
        span,
        message: `${value} needs quotes inside braces or brackets. Without them the document is not valid YAML, and the build that reads it will fail.`,
        fix: { title: 'Put the value in quotes', edits: [{ kind: 'text', span, text: `"${value}"` }] },
      });
    }
  },
};
