import { type ObjectRule } from '../rule';
import { appliedPath, asWritten, differsByCase, kustomizationKind, severityForPath, specPath } from './applied-path';

export const ksPathCase: ObjectRule = {
  code: 'ks-path-case',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: [kustomizationKind],
  summary: 'The path of a Kustomization is right but for the case of its letters.',
  documentation: `A folder exists whose name differs from \`spec.path\` in upper and lower case only. On macOS and Windows the two are often the same folder; in the cluster they are not.

Flux reports that the path is not found and applies nothing.

Write the path as the folder is spelled.`,
  check(object, context) {
    const applied = appliedPath(object, context.cluster);
    if (applied?.is !== 'missing' || applied.climbs) return;
    const actual = differsByCase(applied.tree, applied.path);
    if (actual === undefined) return;
    context.report({
      path: specPath,
      message: `The folder ${applied.written} is spelled ${asWritten(actual)}. Flux tells upper from lower case and will apply nothing for Kustomization ${object.id.name}.`,
      ...severityForPath(object, applied),
      fix: {
        title: `Change to ${asWritten(actual)}`,
        edits: [{ kind: 'replace', path: specPath, text: asWritten(actual) }],
      },
    });
  },
};
