import { type FileRule } from '../rule';
import { configOf } from './config-document';

export const sopsConfigKeyGroupsAndFlat: FileRule = {
  code: 'sops-config-key-groups-and-flat',
  severity: 'warning',
  certainty: 'certain',
  scope: 'file',
  summary: 'A creation rule has keys beside its key groups.',
  documentation: `With \`key_groups\` SOPS does not look at \`age\`, \`pgp\`, \`kms\` and the other lists of keys of the rule itself.

Files of this rule are not encrypted for these keys.

Move them into a group, or remove \`key_groups\`.`,
  check(context) {
    for (const { path, hiddenFields } of configOf(context)?.config.rules ?? []) {
      for (const field of hiddenFields) {
        context.report(0, {
          path: [...path, field],
          part: 'key',
          isUnnecessary: true,
          message: `This rule has key_groups, so SOPS passes over ${field}: files will not be encrypted for these keys.`,
        });
      }
    }
  },
};
