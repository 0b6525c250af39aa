// @ts-check
// Bundles what ships into dist/: node tools/build.mjs [--production] [--watch]
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { context } from 'esbuild';
import { nodeOptions } from './esbuild-options.mjs';

const flags = process.argv.slice(2);
const unknown = flags.find((flag) => !['--production', '--watch'].includes(flag));
if (unknown !== undefined) {
  console.error(`unknown option ${unknown}; known are --production and --watch`);
  process.exit(2);
}
const production = flags.includes('--production');
const watch = flags.includes('--watch');

/**
 * Bundles of their own, which the extension requires on first use: the language client is 0.4 MB that only GitOps
 * repositories need, so is the view of live objects; clusters and the commands on their objects are for those who connect one, and the ciphers for those who open a secret.
 * @type {Readonly<Record<string, RegExp>>}
 */
const lazyBundles = {
  'language-client': /\/language-client$/,
  live: /\/live\/live$/,
  kube: /\/kube\/kube$/,
  'cluster-commands': /\/cluster\/cluster-commands$/,
  secrets: /\/secrets\/secrets$/,
  'secret-editor': /\/secret\/secret-editor$/,
};
/** @type {import('esbuild').Plugin} */
const lazyBundle = {
  name: 'lazy-bundle',
  setup(build) {
    for (const [name, filter] of Object.entries(lazyBundles)) {
      build.onResolve({ filter }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: `./${name}.js`, external: true } : undefined,
      );
    }
  },
};

/**
 * Libraries that most repositories never need: bundles of their own, which command line and server require on first use.
 * V8 would read over their text at every start.
 */
const lazyLibraries = ['re2js', 'yaml'];
/** @type {import('esbuild').Plugin} */
const lazyLibrary = {
  name: 'lazy-library',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${lazyLibraries.join('|')})$`) }, ({ path, kind }) =>
      kind === 'require-call' ? { path: `./${path}.js`, external: true } : undefined,
    );
  },
};
const lazily = [lazyLibrary, ...(nodeOptions.plugins ?? [])];

/**
 * Pages run in the editor's own Chromium, under a policy that lets only their own files in.
 * @type {import('esbuild').BuildOptions}
 */
const page = { platform: 'browser', format: 'iife', target: 'es2022', mainFields: ['module', 'main'], conditions: [] };

const program = { js: '#!/usr/bin/env node' };

/**
 * A dynamic import becomes a deferred require(): the extension host only intercepts `vscode` there.
 * @type {import('esbuild').BuildOptions}
 */
const inEditor = {
  external: ['vscode'],
  supported: { 'dynamic-import': false },
  plugins: [lazyBundle, ...(nodeOptions.plugins ?? [])],
};

/** @type {{ name: string, entry: string, options?: import('esbuild').BuildOptions, extension?: string }[]} */
const bundles = [
  { name: 'extension', entry: 'client/extension.ts', options: inEditor },
  { name: 'live', entry: 'client/views/live/live.ts', options: { ...inEditor, plugins: [lazyBundle, ...lazily] } },
  {
    name: 'cluster-commands',
    entry: 'client/commands/cluster/cluster-commands.ts',
    options: { ...inEditor, plugins: [lazyBundle, ...lazily] },
  },
  { name: 'language-client', entry: 'client/language/language-client.ts', options: { external: ['vscode'] } },
  { name: 'kube', entry: 'client/kube/kube.ts', options: { plugins: lazily } },
  { name: 'secret-editor', entry: 'client/views/secret/secret-editor.ts', options: inEditor },
  { name: 'secrets', entry: 'client/secrets/secrets.ts', options: { plugins: lazily } },
  // What is called is small: it starts the program beside it with the bytecode of earlier runs.
  { name: 'server', entry: 'server/launch.ts', options: { banner: program } },
  { name: 'server.program', entry: 'server/main.ts', options: { plugins: lazily } },
  { name: 'cli', entry: 'server/launch.ts', options: { banner: program } },
  { name: 'cli.program', entry: 'server/cli.ts', options: { plugins: lazily } },
  ...lazyLibraries.map((name) => ({ name, entry: name })),
  { name: 'webview/graph', entry: 'webview/graph/main.ts', options: page },
  { name: 'webview/graph', entry: 'webview/graph/graph.css', options: page, extension: 'css' },
  { name: 'webview/secret', entry: 'webview/secret/main.ts', options: page },
  { name: 'webview/secret', entry: 'webview/secret/secret.css', options: page, extension: 'css' },
];

const metafiles = join('.cache', 'meta');
/** @type {(name: string) => import('esbuild').Plugin} */
const keepMetafile = (name) => ({
  name: 'keep-metafile',
  setup(build) {
    build.onEnd(({ metafile }) => {
      if (metafile) writeFileSync(join(metafiles, `${name.replaceAll('/', '-')}.json`), JSON.stringify(metafile));
    });
  },
});

if (production) {
  // Nothing stale may ship.
  rmSync('dist', { recursive: true, force: true });
  rmSync(metafiles, { recursive: true, force: true });
}
mkdirSync('dist', { recursive: true });
mkdirSync(metafiles, { recursive: true });

// Schemas of Kubernetes kinds, read from an installed package.
const { status } = spawnSync(process.execPath, ['tools/kubernetes/generate.mjs'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const contexts = [];
for (const { name, entry, options, extension = 'js' } of bundles) {
  const plugins = [
    ...(options?.plugins ?? nodeOptions.plugins ?? []),
    keepMetafile(extension === 'js' ? name : `${name}.${extension}`),
  ];
  contexts.push(
    await context({
      ...nodeOptions,
      ...options,
      plugins,
      entryPoints: [entry],
      outfile: join('dist', `${name}.${extension}`),
      // Otherwise `import { type X } from 'y'` loads y, and a type would undo a lazily loaded module.
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false, target: 'ES2022' } },
      metafile: true,
      minify: production,
      sourcemap: !production,
      // Licences of what is bundled go into one notices file (tools/package/notices.mjs).
      legalComments: 'none',
    }),
  );
}

if (watch) {
  console.log('building');
  await Promise.all(contexts.map((bundle) => bundle.watch()));
  console.log('watching for changes');
} else {
  try {
    await Promise.all(contexts.map((bundle) => bundle.rebuild()));
  } catch {
    // esbuild has printed what is wrong.
    process.exitCode = 1;
  } finally {
    await Promise.all(contexts.map((bundle) => bundle.dispose()));
  }
}
