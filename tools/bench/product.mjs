// @ts-check
// The product as the bench runs it: a copy of what was built, so that a build beside the bench changes no figure.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { nodeOptions } from '../esbuild-options.mjs';

const project = join(import.meta.dirname, '..', '..');
const programs = ['server.js', 'server.program.js', 'cli.js', 'cli.program.js', 're2js.js', 'yaml.js'];

/**
 * Minified as in a release, since that is what users start.
 * @param {string} cache
 * @returns {Promise<{ server: import('./language-server.mjs').ServerCommand, cli: string } | { reason: string }>}
 */
export async function copyProduct(cache) {
  const missing = programs.find((program) => !existsSync(join(project, 'dist', program)));
  if (missing !== undefined) return { reason: `dist/${missing} is not there; run npm run build` };
  const folder = join(cache, 'product');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(project, 'dist'), join(folder, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.map') });
  for (const program of programs) {
    const place = join(folder, 'dist', program);
    const { code } = await transform(readFileSync(place, 'utf8'), {
      minify: true,
      platform: 'node',
      target: 'node20',
      legalComments: 'none',
    });
    writeFileSync(place, code);
  }
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
