// @ts-check
// Scenes in a real VS Code with the packed extension: npm run test:editor [-- NAME_FILTER ...]
// FLUXWRIGHT_VSIX names an extension that is packed already. Pictures of what failed go to .cache/editor/failed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cache, findTools } from './tools.mjs';
import { checkInstalledExtension, checkNpmPackage, checkSize } from './packed.mjs';
import { startWorkbench } from './workbench.mjs';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const filters = process.argv.slice(2);
const isAll = filters.length === 0;

const tools = findTools();
if ('missing' in tools) {
  console.log(`skipped: editor tests: ${tools.missing}`);
  process.exit(0);
}

function pack() {
  const { status } = spawnSync(process.execPath, ['tools/package/package.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, `${name}-${version}.vsix`);
}

const packed = process.env['FLUXWRIGHT_VSIX'];
const vsix = packed === undefined ? pack() : resolve(packed);
const scenes = readdirSync(join(here, 'scenes'))
  .filter((name) => name.endsWith('.mjs'))
  .filter((name) => isAll || filters.some((filter) => name.includes(filter)));
if (scenes.length === 0) {
  console.error(`no scene matches ${filters.join(' or ')}`);
  process.exit(1);
}

const pictures = join(cache, 'failed');
rmSync(pictures, { recursive: true, force: true });
const workbench = await startWorkbench(tools, vsix);
let failures = 0;
try {
  if (packed === undefined && isAll) {
    checkInstalledExtension(workbench.extensions);
    checkSize(vsix);
    await checkNpmPackage();
    console.log('passed  the packed extension and npm package hold what ships, and their programs run');
  }
  for (const name of scenes) {
    const { title, folder = 'repository', file, play, ...scene } = await import(`./scenes/${name}`);
    const begun = Date.now();
    /** @type {import('./workbench.mjs').Window | undefined} */
    let window;
    try {
      window = await workbench.open(join(here, folder), file, scene);
      await play(window);
      console.log(`passed  ${title} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failures += 1;
      mkdirSync(pictures, { recursive: true });
      const picture = join(pictures, `${name.replace('.mjs', '')}.png`);
      // A window that crashed, or did not open, gives none.
      await window?.page.screenshot({ path: picture }).catch(() => undefined);
      console.error(`failed  ${title}\n${error instanceof Error ? error.stack : String(error)}\nsee ${picture}`);
    } finally {
      await window?.close();
    }
  }
} finally {
  await workbench.stop();
}
console.log(`${scenes.length - failures} of ${scenes.length} scenes passed`);
process.exitCode = failures === 0 ? 0 : 1;
