import { type CreationRule, pathFromConfig, type SopsConfig } from '../../sops/creation-rules';
import { isShadowedBy } from '../../sops/shadowed-rule';
import { type FileContext, type FileRule } from '../rule';
import { configOf } from './config-document';

export const sopsConfigUnusedRule: FileRule = {
  code: 'sops-config-unused-rule',
  severity: 'hint',
  certainty: 'if-complete',
  scope: 'file',
  summary: 'No file of the repository is encrypted by a creation rule.',
  documentation: `No file below the folder of \`.sops.yaml\` has a path that the rule fits, or an earlier rule takes all that do. The rule may be
there for files to come; else it is a leftover, or its \`path_regex\` is wrong. It is compared with the path from the folder of
\`.sops.yaml\`, with \`/\` between folders.

Nothing needs to be done.`,
  check(context) {
    const rules = configOf(context)?.config.rules ?? [];
    const judged = rules.filter(
      ({ index, pathRegex, pattern }) =>
        pathRegex !== '' &&
        pattern !== undefined &&
        !rules.slice(0, index).some((other) => other.pattern === undefined || isShadowedBy(pathRegex, other.pathRegex)),
    );
    if (judged.length === 0) return;
    const uses = usesOf(context, rules);
    for (const rule of judged) {
      const use = uses.get(rule);
      if (use?.isFirst === true) continue;
      context.report(0, {
        path: [...rule.path, 'path_regex'],
        isUnnecessary: true,
        message:
          use === undefined
            ? 'No file of this repository has a path that this rule fits.'
            : `Every file that this rule fits is taken by an earlier one, such as ${use.file}.`,
      });
    }
  },
};

interface Use {
  /** It is the first rule that fits. */
  readonly isFirst: boolean;
  readonly file: string;
}

/** Beyond this many files nothing is said of what is not used. */
const mostFiles = 50_000;

/** For each rule whether it counts for a file, or fits one that an earlier rule takes. */
function usesOf(context: FileContext, rules: SopsConfig['rules']): ReadonlyMap<CreationRule, Use> {
  const uses = new Map<CreationRule, Use>();
  const open = new Set(rules);
  let left = mostFiles;
  for (const file of context.filePaths()) {
    const path = pathFromConfig(context.file.path, file);
    if (path === undefined || path === '.sops.yaml') continue;
    if (left-- <= 0 || open.size === 0) break;
    let isTaken = false;
    for (const rule of rules) {
      if (isTaken && uses.get(rule)?.isFirst === true) continue;
      if (rule.pattern?.test(path) !== true) continue;
      if (!isTaken) open.delete(rule);
      const before = uses.get(rule);
      // The first by name, in whatever order they come.
      if (!isTaken) uses.set(rule, { isFirst: true, file: path });
      else if (before === undefined || path < before.file) uses.set(rule, { isFirst: false, file: path });
      isTaken = true;
    }
  }
  if (left <= 0) for (const rule of open) uses.set(rule, { isFirst: true, file: '' });
  return uses;
}
