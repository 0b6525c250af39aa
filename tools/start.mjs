// @ts-check
// Builds what is missing or old, then checks a repository and shows its tree: npm start [-- DIR]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const example = join('examples', 'homelab');
const program = join(project, 'dist', 'cli.js');

const [directory, ...rest] = process.argv.slice(2);
if (rest.length > 0) {
  console.error('Give one folder at most: npm start -- DIR');
  process.exit(2);
}
if (directory === undefined && !existsSync(join(project, example))) {
  console.error(`${example} is missing. Name a repository: npm start -- DIR`);
  process.exit(2);
}

/** @param {string[]} args */
const node = (...args) => spawnSync(process.execPath, args, { cwd: project, stdio: 'inherit' }).status ?? 3;

/** Time of the newest change among the sources of the program. */
function newestSource() {
  let newest = 0;
  for (const folder of ['server', 'schemas', 'tools']) {
    for (const name of readdirSync(join(project, folder), { recursive: true })) {
      if (String(name).includes('node_modules')) continue;
      const stats = statSync(join(project, folder, String(name)), { throwIfNoEntry: false });
      if (stats !== undefined && stats.mtimeMs > newest) newest = stats.mtimeMs;
    }
  }
  return newest;
}

if (!existsSync(program) || statSync(program).mtimeMs < newestSource()) {
  console.log('Building …');
  const status = node(join('tools', 'build.mjs'));
  if (status !== 0) process.exit(status);
}

// npm runs this in the project's folder; a folder is meant from where npm was called.
const root = directory === undefined ? example : resolve(process.env['INIT_CWD'] ?? '.', directory);
for (const args of [
  ['check', root, '--fail-on', 'none'],
  ['graph', root],
]) {
  console.log(`\n$ fluxwright ${args.join(' ')}\n`);
  const status = node(program, ...args);
  if (status !== 0) process.exit(status);
}
