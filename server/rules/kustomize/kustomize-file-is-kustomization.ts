import { type KustomizationRule } from '../rule';

export const kustomizeFileIsKustomization: KustomizationRule = {
  code: 'kustomize-file-is-kustomization',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'A kustomization lists the kustomization file of another folder.',
  documentation: `\`resources\` names a \`kustomization.yaml\` itself. A kustomization is included by the name of its folder.

kustomize reads the file as an object to apply and the build fails.

List the folder of the file.`,
  check(build, context) {
    for (const fault of build.faults) {
      if (fault.code !== 'kustomize-file-is-kustomization') continue;
      const { entry = '' } = fault.data;
      const slash = entry.lastIndexOf('/');
      const folder = slash < 0 ? '' : entry.slice(0, slash);
      context.reportAt(fault, {
        path: fault.path,
        part: fault.part,
        message: `${entry} is a kustomization file, which is included by its folder. The build fails here, so Flux will apply nothing of this Kustomization.`,
        // A file that lists itself has no folder to list instead.
        ...(/[^./]/.test(folder) && {
          fix: { title: `Change to ${folder}`, edits: [{ kind: 'replace', path: fault.path, text: folder }] },
        }),
      });
    }
  },
};
