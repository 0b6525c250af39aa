// @ts-check
// The product as the bench runs it: a copy of what was built, so that a build beside the bench changes no figure.
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeOptions } from '../esbuild-options.mjs';

const project = join(import.meta.dirname, '..', '..');

/** @param {string} cache @returns {{ server: import('./language-server.mjs').ServerCommand, cli: string } | { reason: string }} */
export function copyProduct(cache) {
  const missing = ['dist/server.js', 'dist/cli.js'].find((file) => !existsSync(join(project, file)));
  if (missing !== undefined) return { reason: `${missing} is not there; run npm run build` };
  const folder = join(cache, 'product');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(project, 'dist'), join(folder, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.map') });
  cpSync(join(project, 'package.json'), join(folder, 'package.json'));
  return {
    server: { name: 'fluxwright', command: process.execPath, args: [join(folder, 'dist', 'server.js')] },
    cli: join(folder, 'dist', 'cli.js'),
  };
}

/**
 * Parts of the product bundled for this process.
 * @param {string} cache
 * @param {string} name
 * @param {string} exportsText lines of `export … from './server/…'`, from the project's root
 * @returns {Promise<any>}
 */
export async function loadSources(cache, name, exportsText) {
  const outfile = join(cache, `${name}.cjs`);
  await build({
    ...nodeOptions,
    stdin: { contents: exportsText, resolveDir: project, sourcefile: `${name}.ts`, loader: 'ts' },
    outfile,
    absWorkingDir: project,
    sourcemap: 'inline',
  });
  return createRequire(import.meta.url)(outfile);
}
