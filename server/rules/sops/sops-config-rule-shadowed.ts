import { isShadowedBy } from '../../sops/shadowed-rule';
import { type FileRule } from '../rule';
import { configOf } from './config-document';

export const sopsConfigRuleShadowed: FileRule = {
  code: 'sops-config-rule-shadowed',
  severity: 'warning',
  certainty: 'certain',
  scope: 'file',
  summary: 'A creation rule can never count, since an earlier one takes every path that it fits.',
  documentation: `SOPS takes the first rule of \`.sops.yaml\` whose \`path_regex\` fits. An earlier rule has none, has the same one, or one that
fits wherever this one does, so this rule never counts.

Files that were meant for it are encrypted by the earlier rule, perhaps for other keys.

Move the rule in front of the other one, or remove it.`,
  check(context) {
    const rules = configOf(context)?.config.rules ?? [];
    for (const rule of rules) {
      const earlier = rules.slice(0, rule.index).find((other) => isShadowedBy(rule.pathRegex, other.pathRegex));
      if (earlier === undefined) continue;
      const hasRegex = rule.pathRegex !== '';
      context.report(0, {
        path: hasRegex ? [...rule.path, 'path_regex'] : rule.path,
        isUnnecessary: true,
        message: `Rule ${earlier.index + 1} takes every file that this rule fits, so this one will never count.`,
        related: [
          {
            document: { file: context.file.path, document: 0 },
            path: earlier.pathRegex === '' ? earlier.path : [...earlier.path, 'path_regex'],
            message: earlier.pathRegex === '' ? 'This rule fits every file.' : 'This rule comes first.',
          },
        ],
      });
    }
  },
};
