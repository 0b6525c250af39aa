// @ts-check
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

// Left of a folder in this list: what it may import (design: "Dependency direction"). Folders of one row do not
// import each other.
const layers = [
  ['schemas'],
  ['server/model'],
  ['server/scalars'],
  ['server/yaml'],
  ['server/validation', 'server/sops', 'server/charts'],
  ['server/build'],
  ['server/workspace'],
  ['server/effect'],
  ['server/rules', 'server/features'],
  ['server/lsp', 'server/cli'],
];

const zones = [];
for (const [row, folders] of layers.entries()) {
  for (const folder of folders) {
    const later = layers.slice(row + 1).flat();
    const beside = folders.filter((other) => other !== folder);
    zones.push({
      target: `./${folder}`,
      from: [...later, ...beside, 'client', 'webview', 'test'].map((other) => `./${other}`),
      message: `${folder} may not import what stands right of or beside it.`,
    });
  }
}
zones.push(
  { target: './server/model', from: './server', except: ['./model'], message: 'model imports only schemas.' },
  {
    target: './server/protocol',
    from: './server',
    except: ['./protocol', './model'],
    message: 'protocol imports only model.',
  },
  {
    target: './server/protocol',
    from: ['./client', './webview', './schemas'],
    message: 'protocol imports only model.',
  },
  {
    target: './server/host',
    from: './server',
    except: ['./host', './model'],
    message: 'host implements the ports of model.',
  },
  { target: './server/!(lsp|cli|host)/**', from: './server/host', message: 'host is imported only by lsp, cli, main.' },
  {
    target: './server/!(features|lsp|protocol)/**',
    from: './server/protocol',
    message: 'protocol is imported by features, lsp, client.',
  },
  {
    target: './client',
    from: './server',
    except: ['./protocol', './model', './scalars', './yaml', './sops'],
    message: 'client sees of the server only protocol, model, scalars, yaml and sops.',
  },
  {
    target: './client',
    from: './webview',
    except: ['./protocol.ts', './secret-protocol.ts', './phase-shapes.ts'],
    message: 'client sees of webview only its protocols and the shapes of states.',
  },
  { target: './webview', from: ['./server', './client'], message: 'webview stands alone.' },
);

const packages = (names, message) => names.map((name) => ({ group: [name, `${name}/*`], message }));
const outside = {
  vscode: packages(['vscode'], 'The editor API belongs to client/{extension.ts,views,commands}.'),
  kube: packages(['@kubernetes/client-node'], 'The Kubernetes client belongs to client/kube.'),
  toolkit: packages(['@vscode/webview-ui-toolkit'], 'The toolkit belongs to webview/controls.'),
  lsp: packages(['vscode-languageserver'], 'The protocol server belongs to server/{lsp,main.ts}.'),
  node: packages(
    ['fs', 'node:fs', 'child_process', 'node:child_process'],
    'Files and programs belong to server/host, entry files and client/{kube,secrets}.',
  ),
};
const ban = (...keys) => ({
  'no-restricted-imports': ['error', { patterns: keys.flatMap((key) => outside[key]) }],
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      '.cache/',
      'node_modules/',
      '**/*.d.ts',
      'tools/',
      'test/editor/',
      'eslint.config.mjs',
      'test/boundaries/planted/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.json'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['test', 'it', 'describe', 'suite'], package: 'node:test' },
          ],
        },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      ...ban('vscode', 'kube', 'toolkit', 'lsp', 'node'),
    },
  },
  { files: ['server/lsp/**', 'server/main.ts'], rules: ban('vscode', 'kube', 'toolkit', 'node') },
  { files: ['server/host/**', 'server/cli.ts', 'client/secrets/**'], rules: ban('vscode', 'kube', 'toolkit', 'lsp') },
  { files: ['server/main.ts'], rules: ban('vscode', 'kube', 'toolkit') },
  { files: ['client/kube/**'], rules: ban('vscode', 'toolkit', 'lsp') },
  {
    files: ['client/extension.ts', 'client/views/**', 'client/commands/**'],
    rules: ban('kube', 'toolkit', 'lsp', 'node'),
  },
  { files: ['client/extension.ts'], rules: ban('kube', 'toolkit', 'lsp') },
  { files: ['webview/controls/**'], rules: ban('vscode', 'kube', 'lsp', 'node') },
  { files: ['test/**'], rules: { 'no-restricted-imports': 'off', 'max-lines': 'off' } },
  { files: ['schemas/**'], rules: { 'max-lines': 'off' } },
);
