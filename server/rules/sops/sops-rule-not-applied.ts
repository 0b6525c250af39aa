import { listed } from '../../model/listed';
import { directoryOf, joinPath } from '../../model/file-path';
import { encryptionOf } from '../../sops/encryption';
import { type CreationRule, pathFromConfig } from '../../sops/creation-rules';
import { isNeverEncrypted, leavesOf, selectionTest } from '../../sops/leaves';
import { isNamedEncrypted } from '../../workspace/secret-files';
import { isBroken } from '../declared-objects';
import { type GoverningConfig } from '../../workspace/governing-config';
import { type FileRule } from '../rule';
import { ruleFor, ruleName } from './governing-rule';
import { isPlaceholder } from './secret-values';
import { plainSecretsUnderRule } from './sops-plain-secret';

export const sopsRuleNotApplied: FileRule = {
  code: 'sops-rule-not-applied',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A file whose name says that it is encrypted is plain text.',
  documentation: `The name of the file (\`values.sops.yaml\`, \`db.enc.yaml\`) and a creation rule of \`.sops.yaml\` that matches such names
both say that it is encrypted, and the rule selects values in it; but it is not encrypted. Files that Git ignores are left alone.

Whoever can read the repository can read the values, and Git keeps them for good.

Encrypt the file before the commit (\`sops encrypt --in-place FILE\`), or give it a name that promises nothing.`,
  check(context) {
    const { file } = context;
    if (!isNamedEncrypted(file.path) || !/\.(ya?ml|json)$/.test(file.path) || encryptionOf(file) !== undefined) return;
    const found = ruleFor(context);
    const isSelected = found && selectionTest(found.rule.selection);
    if (found === undefined || isSelected === undefined || !isAboutNames(found.rule, found.in, file.path)) return;
    if ([...plainSecretsUnderRule(context)].length > 0) return;
    for (const [index, { document }] of file.documents.entries()) {
      if (isBroken(document)) return;
      const plain = [...leavesOf(document)].filter(
        (leaf) => isSelected(leaf) && !isNeverEncrypted(leaf.node) && !isPlaceholder(leaf.node.text),
      );
      const [first] = plain;
      if (first === undefined || plain.some(({ node }) => node.text.startsWith('ENC['))) continue;
      if (!context.isTracked()) return;
      const names = [...new Set(plain.map(({ keys }) => keys.at(-1) ?? ''))];
      context.report(index, {
        part: 'whole',
        message: `The name of this file and ${ruleName(found.rule, found.in)} say that it is encrypted, but ${listed(names)} can be read in plain text. Git will keep the values, and whoever reads the repository can read them.`,
      });
      return;
    }
  },
};

/** Names that nobody gives to a file for encrypting it. */
const ordinaryNames = ['kustomization.yaml', 'deployment.yaml', 'values.json'];

/** True for a rule that takes the file by its name, and would not take just any file beside it. */
function isAboutNames({ pattern }: CreationRule, { file: config }: GoverningConfig, file: string): boolean {
  return !ordinaryNames.some((name) => {
    const path = pathFromConfig(config.path, joinPath(directoryOf(file), name) ?? name);
    return path !== undefined && pattern?.test(path) === true;
  });
}
