import { type KustomizationRule } from '../rule';

export const kustomizeDirNoKustomization: KustomizationRule = {
  code: 'kustomize-dir-no-kustomization',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'A kustomization lists a folder that has no kustomization file.',
  documentation: `A folder may be listed only if \`kustomization.yaml\`, \`kustomization.yml\` or \`Kustomization\` lies directly in it. (Flux generates one for the path of a Flux Kustomization, never for a folder listed by another file.)

The build fails and nothing of the whole Flux Kustomization is applied.

Add a \`kustomization.yaml\` to the folder, or list the files of the folder one by one.`,
  check(build, context) {
    for (const fault of build.faults) {
      if (fault.code !== 'kustomize-dir-no-kustomization') continue;
      context.reportAt(fault, {
        path: fault.path,
        part: fault.part,
        message: `The folder ${fault.data['entry'] ?? ''} has no kustomization.yaml. The build fails here, so Flux will apply nothing of this Kustomization.`,
      });
    }
  },
};
