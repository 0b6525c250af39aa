import { type KustomizationRule, type Report } from '../rule';

export const substUndefined: KustomizationRule = {
  code: 'subst-undefined',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  flux: '2.9+',
  summary: 'A variable of post-build substitution is not defined.',
  documentation: `An object that Flux substitutes in uses a variable that neither \`spec.postBuild.substitute\` nor one of the ConfigMaps
and Secrets under \`substituteFrom\` defines, and gives no default.

Since Flux 2.9 substitution is strict: the whole Flux Kustomization fails. Older releases put an empty text there.

Define the variable, give a default (\`\${NAME:=text}\`), or write \`$\${NAME}\` for text that is meant to stay. An object with
the annotation \`kustomize.toolkit.fluxcd.io/substitute: disabled\` is left alone.`,
  check(build, context) {
    for (const fault of build.faults) {
      if (fault.code !== 'subst-undefined') continue;
      const { name = '', near = '', expression = '', object = '' } = fault.data;
      const hint = near === '' ? '' : ` Did you mean ${near}?`;
      context.reportAt(fault, {
        path: fault.path,
        within: expression,
        message: `${name} is not defined for ${object}. Flux will fail to apply the whole Kustomization.${hint}`,
        ...(near !== '' && { fix: rename(fault.path, expression, name, near) }),
      });
    }
  },
};

function rename(path: Report['path'] & {}, expression: string, name: string, near: string): NonNullable<Report['fix']> {
  const text = expression.replace(name, () => near);
  return { title: `Change to ${text}`, edits: [{ kind: 'replace-within', path, piece: expression, text }] };
}
