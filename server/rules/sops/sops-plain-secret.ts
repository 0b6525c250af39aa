import { listed } from '../../model/listed';
import { stringAt } from '../../model/json';
import { nodeAt } from '../../yaml/locate';
import { selectionTest } from '../../sops/leaves';
import { type FileContext, type FileRule } from '../rule';
import { ruleFor, ruleName } from './governing-rule';
import { plainSecrets, type PlainValue } from './secret-values';

export const sopsPlainSecret: FileRule = {
  code: 'sops-plain-secret',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A Secret that .sops.yaml wants encrypted is plain text.',
  documentation: `A creation rule of \`.sops.yaml\` matches the file and selects values of the Secret, but the file is not encrypted.
Placeholders, variables such as \`\${TOKEN}\` and files that Git ignores are left alone.

Flux applies the Secret as it is, so nothing looks wrong in the cluster; but whoever can read the repository can read the
values, and Git keeps them for good.

Encrypt the file before the commit (\`sops encrypt --in-place FILE\`). If it was committed already, change the values where
they come from.`,
  check(context) {
    for (const { index, name, values } of plainSecretsUnderRule(context)) {
      const [first] = values;
      const { rule, in: config } = ruleFor(context) ?? {};
      if (rule === undefined || config === undefined) continue;
      context.report(index, {
        path: first.path.slice(0, -1),
        part: 'key',
        message: `Secret ${name} holds ${listed(values.map(({ key }) => key))} in plain text, though ${ruleName(rule, config)} encrypts this file. Git will keep the values, and whoever reads the repository can read them.`,
      });
    }
  },
};

/** Secrets of the file with plain values that its creation rule would encrypt. */
export function* plainSecretsUnderRule(context: FileContext): Iterable<{
  readonly index: number;
  readonly name: string;
  readonly values: readonly [PlainValue, ...PlainValue[]];
}> {
  for (const [index, { document }] of context.file.documents.entries()) {
    for (const { object, values } of plainSecrets(document)) {
      const rule = ruleFor(context)?.rule;
      const isSelected = rule && selectionTest(rule.selection);
      if (isSelected === undefined || !context.isTracked()) return;
      const [first, ...rest] = values.filter(({ path }) => {
        const node = nodeAt(document, path);
        const keys = path.filter((step) => typeof step === 'string');
        return node?.kind === 'scalar' && isSelected({ keys });
      });
      if (first === undefined) continue;
      yield { index, name: stringAt(object.value, 'metadata', 'name') ?? '', values: [first, ...rest] };
    }
  }
}
