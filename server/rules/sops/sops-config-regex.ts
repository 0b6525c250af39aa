import { patternFault } from '../../scalars/pattern-fault';
import { type CreationRule } from '../../sops/creation-rules';
import { selectionTest } from '../../sops/leaves';
import { type FileRule, type Report } from '../rule';
import { configOf } from './config-document';

export const sopsConfigRegex: FileRule = {
  code: 'sops-config-regex',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A regular expression of .sops.yaml cannot be read, or says something else than is meant.',
  documentation: `SOPS reads regular expressions as Go does (RE2): there is no look-around and no back-reference.

A \`path_regex\` that cannot be read stops SOPS for every file that no earlier rule takes. A selection such as \`encrypted_regex\` that
cannot be read is passed over without a word: \`encrypted_regex\` then encrypts nothing, and \`unencrypted_regex\` everything.

A hint says where a dot before \`yaml\` stands for any character, and where a path has backslashes, which only fit on Windows.`,
  check(context) {
    for (const rule of configOf(context)?.config.rules ?? []) {
      for (const report of [...pathFaults(rule), ...selectionFaults(rule)]) context.report(0, report);
    }
  },
};

function* pathFaults({ path, pathRegex, pattern }: CreationRule): Iterable<Report> {
  const at = [...path, 'path_regex'];
  const fault = pattern === undefined ? patternFault(pathRegex) : undefined;
  if (fault !== undefined) {
    const message = `SOPS cannot read this regular expression: ${fault}. It will refuse every file that no earlier rule takes.`;
    yield { path: at, message };
    return;
  }
  if (/\\\\/.test(pathRegex)) {
    yield {
      path: at,
      severity: 'hint',
      message: 'The backslashes between folders fit on Windows only. Use [/\\\\] to fit everywhere.',
    };
  }
  const dot = /(?<![\\[])\.(?=(?:ya\?ml|yaml|yml|json|env|ini)\)?\$?$)/.exec(pathRegex);
  if (dot === null) return;
  const escaped = `${pathRegex.slice(0, dot.index)}\\${pathRegex.slice(dot.index)}`;
  yield {
    path: at,
    severity: 'hint',
    message: 'The dot before the ending stands for any character. Write \\. to mean a dot.',
    fix: { title: `Change to ${escaped}`, edits: [{ kind: 'replace', path: at, text: escaped }] },
  };
}

function* selectionFaults({ path, selection }: CreationRule): Iterable<Report> {
  if (!selection.isWritten || selection.by.endsWith('suffix')) return;
  const fault = selectionTest(selection) === undefined ? patternFault(selection.text) : undefined;
  if (fault === undefined) return;
  const what = selection.by.startsWith('encrypted') ? 'nothing' : 'everything';
  yield {
    path: [...path, selection.by],
    message: `SOPS cannot read this regular expression: ${fault}. It passes over it and will encrypt ${what}.`,
  };
}
