import { type ObjectRule } from '../rule';
import { appliedPath, kustomizationKind, severityForPath, specPath } from './applied-path';

export const ksPathIgnored: ObjectRule = {
  code: 'ks-path-ignored',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: [kustomizationKind],
  summary: 'The path of a Kustomization is left out of the artifact of its source.',
  documentation: `The folder is in the repository, but \`.sourceignore\`, \`spec.ignore\` or \`spec.sparseCheckout\` of the source leave every file
in it out of the artifact, which is all that the controller sees. Folders without files do not exist there.

Flux reports \`ArtifactFailed\` ("kustomization path not found") and applies nothing.

Take the folder in again: patterns follow the rules of \`.gitignore\`, and \`!/folder\` undoes an earlier one.`,
  check(object, context) {
    const applied = appliedPath(object, context.cluster);
    if (applied?.is !== 'directory' || applied.path === '' || !applied.tree.leavesOut(applied.path)) return;
    context.report({
      path: specPath,
      message: `Every file in ${applied.written} is left out of the artifact by the ignore rules of its source. Flux will apply nothing for Kustomization ${object.id.name}.`,
      ...severityForPath(object, applied),
    });
  },
};
