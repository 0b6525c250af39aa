import { type KustomizationRule } from '../rule';

export const substSyntax: KustomizationRule = {
  code: 'subst-syntax',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'Post-build substitution cannot read an expression, or what comes out of it.',
  documentation: `An object that Flux substitutes in holds a \`\${\` that begins no expression it knows, or is no YAML any more once the
variables are put in. The whole Flux Kustomization fails.

Text of shells, dashboards and proxies often looks like this. Write \`$\${\` for it, or annotate the object with
\`kustomize.toolkit.fluxcd.io/substitute: disabled\`. A value that holds characters of YAML has to stand in quotes.`,
  check(build, context) {
    for (const fault of build.faults) {
      if (fault.code !== 'subst-syntax') continue;
      const { kind, expression = '', object = '' } = fault.data;
      const piece = expression.split('\n', 1)[0] ?? '';
      const { path } = fault;
      const message =
        kind === 'output'
          ? `With its variables put in, ${object} cannot be read as YAML. Flux will fail to apply the whole Kustomization.`
          : `Substitution cannot read ${shown(piece)} in ${object}. Flux will fail to apply the whole Kustomization.`;
      const escaped = { kind: 'replace-within', path, piece, text: `$${piece}` } as const;
      const isFixable = kind === 'syntax' && piece.startsWith('${');
      context.reportAt(fault, {
        path,
        ...(piece !== '' && { within: piece }),
        message,
        ...(isFixable && { fix: { title: 'Keep the text with $${', edits: [escaped] } }),
      });
    }
  },
};

const longest = 40;

const shown = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
