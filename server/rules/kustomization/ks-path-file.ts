import { directoryOf } from '../../model/file-path';
import { type ObjectRule } from '../rule';
import { appliedPath, asWritten, kustomizationKind, severityForPath, specPath } from './applied-path';

export const ksPathFile: ObjectRule = {
  code: 'ks-path-file',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'object',
  kinds: [kustomizationKind],
  summary: 'The path of a Kustomization names a file.',
  documentation: `\`spec.path\` must name a folder. Here it names a file.

The build fails and nothing is applied.

Name the folder of the file. If only this file is to be applied, put a \`kustomization.yaml\` there that lists it.`,
  check(object, context) {
    const applied = appliedPath(object, context.cluster);
    if (applied?.is !== 'file') return;
    const folder = asWritten(directoryOf(applied.path));
    context.report({
      path: specPath,
      message: `${applied.written} is a file, and the path of a Kustomization must be a folder. The build of ${object.id.name} will fail.`,
      ...severityForPath(object, applied),
      fix: { title: `Change to ${folder}`, edits: [{ kind: 'replace', path: specPath, text: folder }] },
    });
  },
};
