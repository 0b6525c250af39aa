// @ts-check
// Packs fluxwright-VERSION.vsix in the project's root: npm run package
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const largest = 4 * 1024 * 1024;

/** @param {string} command @param {string[]} args @param {string} cwd */
function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) console.error(`${command}: ${error.message}`);
  return status === 0;
}

const vsce = join(here, 'node_modules', '@vscode', 'vsce', 'vsce');
if (!existsSync(vsce)) {
  console.log('installing the packaging tools of tools/package (once)');
  if (!run('npm', ['ci'], here)) {
    console.error('not packed: the packaging tools could not be installed; `npm ci` in tools/package says why');
    process.exit(1);
  }
}

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const vsix = `${name}-${version}.vsix`;
// vsce runs the script vscode:prepublish, which builds. Everything is bundled: no dependency goes in.
if (!run(process.execPath, [vsce, 'package', '--no-dependencies', '--out', vsix], root)) process.exit(1);

const { size } = statSync(join(root, vsix));
const megabytes = (size / 1024 / 1024).toFixed(2);
if (size > largest) {
  console.error(`${vsix} has ${megabytes} MB, more than the 4 MB it may have`);
  process.exit(1);
}
console.log(`${vsix}: ${megabytes} MB`);
