import { type ObjectRule } from '../rule';
import { appliedPath, asWritten, kustomizationKind, severityForPath, specPath } from './applied-path';

export const ksPathEscapes: ObjectRule = {
  code: 'ks-path-escapes',
  severity: 'warning',
  certainty: 'certain',
  scope: 'object',
  kinds: [kustomizationKind],
  summary: 'The path of a Kustomization tries to leave its source.',
  documentation: `\`spec.path\` starts with \`/\` or climbs above the root of the source with \`..\`. It is not relative to the file it stands in.

Flux never leaves the source: it drops the excess \`..\` and reads the rest from the root, which is usually another folder than the one meant, or none.

Write the path from the root of the source, starting with \`./\`.`,
  check(object, context) {
    const applied = appliedPath(object, context.cluster);
    if (applied?.climbs !== true) return;
    const read = asWritten(applied.path);
    const exists = applied.is === 'directory';
    context.report({
      path: specPath,
      message: `The path ${applied.written} cannot leave the source. Flux will read ${read} from its root${exists ? '' : ', which does not exist, and apply nothing'}.`,
      ...(exists
        ? { fix: { title: `Change to ${read}`, edits: [{ kind: 'replace', path: specPath, text: read }] } }
        : { severity: 'error', certainty: 'if-complete', ...severityForPath(object, applied) }),
    });
  },
};
