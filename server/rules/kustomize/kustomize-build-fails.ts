import { type KustomizationRule } from '../rule';

export const kustomizeBuildFails: KustomizationRule = {
  code: 'kustomize-build-fails',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'kustomize refuses to build what a kustomization asks for.',
  documentation: `Something in a kustomization cannot be carried out: a patch without the object it is for, two objects with one id, a
generator that reads a missing file, a replacement without its source. The message says what.

kustomize stops there, so nothing of the whole Flux Kustomization is applied. What else the Kustomization holds is still
checked, as if the faulty part were not there.`,
  check(build, context) {
    for (const fault of build.faults) {
      if (fault.code !== 'kustomize-build-fails') continue;
      const { path, part, data } = fault;
      context.reportAt(fault, { path, part, message: data['message'] ?? '' });
    }
  },
};
