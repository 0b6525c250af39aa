import { type ObjectRule } from '../rule';
import {
  appliedPath,
  asWritten,
  differsByCase,
  kustomizationKind,
  nearestDirectory,
  severityForPath,
  specPath,
} from './applied-path';

export const ksPathNotFound: ObjectRule = {
  code: 'ks-path-not-found',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: [kustomizationKind],
  summary: 'The path of a Kustomization does not exist in its source.',
  documentation: `\`spec.path\` is read from the root of the source, not from the folder of the file it stands in. Nothing exists there.

Flux reports \`ArtifactFailed\` ("kustomization path not found") and applies nothing. What was applied before stays, but is no longer updated.

Correct the path, or create the folder. Judged only where the files of the source are this repository.`,
  check(object, context) {
    const applied = appliedPath(object, context.cluster);
    if (applied?.is !== 'missing' || applied.climbs) return;
    const { tree, path, written } = applied;
    if (differsByCase(tree, path) !== undefined) return;
    const near = nearestDirectory(tree, path);
    const hint = near === undefined ? '' : ` Did you mean ${asWritten(near)}?`;
    context.report({
      path: specPath,
      message: `The folder ${written} does not exist in the source. Flux will apply nothing for Kustomization ${object.id.name}.${hint}`,
      ...severityForPath(object, applied),
      ...(near !== undefined && {
        fix: {
          title: `Change to ${asWritten(near)}`,
          edits: [{ kind: 'replace', path: specPath, text: asWritten(near) }],
        },
      }),
    });
  },
};
