// @ts-check
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const metafiles = join('.cache', 'meta');

/**
 * Packages whose code or data is in dist/, by the folder they are installed in, sorted. Code is found in what esbuild
 * says about its bundles, so that a package only counts when something of it is really inside.
 */
export function bundledPackages() {
  const folders = new Set(dataPackages());
  for (const file of readdirSync(metafiles).filter((name) => name.endsWith('.json'))) {
    const { outputs } = JSON.parse(readFileSync(join(metafiles, file), 'utf8'));
    for (const output of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const folder = bytesInOutput > 0 ? packageFolder(input) : undefined;
        if (folder === undefined) continue;
        folders.add(folder);
        const within = inside.get(folder);
        if (within !== undefined) folders.add(within);
      }
    }
  }
  return [...folders].sort();
}

/** Packages that are inside the published file of another, so that esbuild does not see them. */
const inside = new Map([['node_modules/@dagrejs/dagre', 'node_modules/@dagrejs/graphlib']]);

/**
 * Packages that name a licence and carry no text of it, with the package of the same owner under the same licence that
 * does.
 */
const textStandsIn = new Map(
  ['fast-element', 'fast-foundation', 'fast-web-utilities'].map((name) => [
    `node_modules/@microsoft/${name}`,
    'node_modules/@vscode/webview-ui-toolkit',
  ]),
);

/** Packages that a build step reads data from, so that esbuild never sees them. */
function dataPackages() {
  return existsSync('dist/schemas/kubernetes.json') ? ['node_modules/@kubernetes/client-node'] : [];
}

/** @param {string} input path as in a metafile */
function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

/**
 * Text of the notices file: one part a package with its name, version, licence and the licence's full text.
 * Throws when a package has no licence text, since shipping it would break its terms.
 * @param {readonly string[]} folders
 */
export function noticesOf(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license } = packageOf(folder);
    if (typeof license !== 'string') throw new Error(`${name} does not name its licence`);
    const owner = textStandsIn.get(folder);
    if (owner !== undefined && packageOf(owner).license !== license)
      throw new Error(`${name} has a licence of its own`);
    const text = licenceText(owner ?? folder);
    if (text === undefined) throw new Error(`${name} has no licence file in ${folder}`);
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  const intro = 'Fluxwright contains code or data of these packages, under the licences given here.\n';
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return [intro, ...new Set(parts)].join(rule);
}

/** @param {string} folder @returns {{ name: string, version: string, license?: unknown }} */
function packageOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** @param {string} folder */
function licenceText(folder) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|-mit\b|$)/i.test(entry));
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
}
