// @ts-check
// Bundles the tests of one tier and runs them with Node's own runner: node tools/test.mjs TIER [NAME_FILTER]
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeOptions } from './esbuild-options.mjs';

const [tier = 'fast', filter = ''] = process.argv.slice(2);
const slowTiers = ['conformance', 'long', 'cluster'];
const files = readdirSync('test', { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.ts') && !file.startsWith('editor'))
  .filter((file) => (tier === 'fast' ? !slowTiers.some((slow) => file.startsWith(slow)) : file.startsWith(tier)))
  .filter((file) => file.includes(filter))
  .sort();
if (files.length === 0) {
  console.error(`no ${tier} test file matches '${filter}'`);
  process.exit(1);
}

const outdir = join('.cache', 'test', tier + filter.replaceAll('/', '-'));
rmSync(outdir, { recursive: true, force: true });
await build({
  ...nodeOptions,
  entryPoints: files.map((file) => ({ in: join('test', file), out: file.replace(/\.ts$/, '').replaceAll('/', '--') })),
  outdir,
  sourcemap: 'inline',
  packages: 'external',
});
const bundled = files.map((file) => join(outdir, `${file.replace(/\.ts$/, '').replaceAll('/', '--')}.js`));
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--test', '--test-concurrency=2', '--test-reporter=spec', ...bundled],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
