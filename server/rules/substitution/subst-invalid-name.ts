import { type KustomizationRule } from '../rule';

export const substInvalidName: KustomizationRule = {
  code: 'subst-invalid-name',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'A key that gives a variable is no name for one.',
  documentation: `Names of variables are made of letters, digits and underscores, and begin with no digit. Flux checks every key under
\`spec.postBuild.substitute\` and every key of the ConfigMaps and Secrets under \`substituteFrom\`; a single other one, used
or not, makes the whole Flux Kustomization fail.

Rename the key, or keep the variables in a ConfigMap of their own.`,
  check(build, context) {
    for (const fault of build.faults) {
      if (fault.code !== 'subst-invalid-name') continue;
      const { name = '', owner = '' } = fault.data;
      context.reportAt(fault, {
        path: fault.path,
        part: 'key',
        message: `${name} is no name for a variable: letters, digits and underscores only, no digit first. Flux will fail to apply Kustomization ${owner}.`,
      });
    }
  },
};
