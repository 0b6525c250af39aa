import { type DocumentRule } from '../rule';

export const yamlTooLarge: DocumentRule = {
  code: 'yaml-too-large',
  severity: 'information',
  certainty: 'certain',
  scope: 'document',
  summary: 'A document is too large to be checked while it is edited.',
  documentation: `Reading a document of several megabytes would keep the editor waiting, so the language server leaves it alone: nothing in it is
checked, and what it declares or changes counts as unknown, so no other finding rests on it. Its neighbors, behind the next \`---\`, are checked.

\`limits.document\` in \`.fluxwright.yaml\` says how many characters one document may have; it is 786432 in the editor. A document that
holds an error, or unusual YAML such as explicit keys, takes longer to read and may have a third of that. \`fluxwright check\` has no limit unless
the configuration names one.`,
  check(context) {
    const { document, role } = context;
    const fault = document.faults.find(({ code }) => code === 'too-large');
    if (fault === undefined || role === 'data') return;
    const { start, end, message } = fault;
    context.report({
      span: { start, end },
      message: `${message} Nothing of it is checked. limits.document in .fluxwright.yaml raises the limit.`,
    });
  },
};
