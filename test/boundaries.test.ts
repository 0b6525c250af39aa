import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ESLint } from 'eslint';

/** Each line breaks one import direction: the file it is planted in, and the import. */
const violations = [
  ['schemas', "import '../../server/model/json';"],
  ['server/model', "import '../../yaml/split';"],
  ['server/model', "import '../../scalars/duration';"],
  ['server/scalars', "import '../../yaml/split';"],
  ['server/yaml', "import '../../validation/validate';"],
  ['server/validation', "import '../../build/build';"],
  ['server/build', "import '../../workspace/workspace';"],
  ['server/workspace', "import '../../rules/judge';"],
  ['server/rules', "import '../../features/hover';"],
  ['server/features', "import '../../rules/judge';"],
  ['server/rules', "import '../../lsp/serve';"],
  ['server/rules', "import '../../protocol/version';"],
  ['server/workspace', "import '../../host/node-files';"],
  ['server/host', "import '../../workspace/workspace';"],
  ['server/protocol', "import '../../workspace/workspace';"],
  ['server/lsp', "import '../../cli/check';"],
  ['server/build', "import '../../../client/extension';"],
  ['client', "import '../../server/rules/judge';"],
  ['client', "import '../../webview/graph/page';"],
  ['webview', "import '../../client/extension';"],
  ['server/rules', "import 'vscode-languageserver/node';"],
  ['server/workspace', "import 'node:fs';"],
  ['server/features', "import 'node:child_process';"],
  ['server/lsp', "import 'vscode';"],
  ['client/status', "import 'vscode';"],
  ['client/views', "import '@kubernetes/client-node';"],
  ['webview/graph', "import '@vscode/webview-ui-toolkit';"],
] as const;

/** Imports that the design allows, next to those it does not. */
const allowed = [
  ['server/rules', "import '../../build/build';"],
  ['server/lsp', "import '../../host/node-files';"],
  ['server/lsp', "import 'vscode-languageserver/node';"],
  ['server/host', "import 'node:fs';"],
  ['server/features', "import '../../protocol/version';"],
  ['client', "import '../../server/protocol/version';"],
  ['client', "import '../../webview/protocol';"],
  ['webview/controls', "import '@vscode/webview-ui-toolkit';"],
] as const;

const boundaryRules = ['import-x/no-restricted-paths', 'no-restricted-imports'];

test('every import direction of the design is held by lint', async () => {
  // Types say nothing about boundaries, and planted files stand in no TypeScript project.
  const eslint = new ESLint({
    overrideConfig: [{ languageOptions: { parserOptions: { projectService: false, project: false } } }],
    ruleFilter: ({ ruleId }) => boundaryRules.includes(ruleId),
  });
  const refusals = async ([folder, text]: readonly [string, string]): Promise<string[]> => {
    const filePath = join(folder, 'planted', 'violation.ts');
    const [result] = await eslint.lintText(`${text}\nexport const planted = true;\n`, { filePath });
    return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
  };
  for (const violation of violations) {
    const found = await refusals(violation);
    assert.ok(
      found.length > 0 && found.every((rule) => boundaryRules.includes(rule)),
      `${violation.join(': ')} ${found.join()}`,
    );
  }
  for (const entry of allowed) assert.deepEqual(await refusals(entry), [], entry.join(': '));
});
