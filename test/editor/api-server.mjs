// @ts-check
// The replayed API server of test/kube for scenes, which run without a compiler.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { nodeOptions } from '../../tools/esbuild-options.mjs';
import { cache } from './tools.mjs';

const root = join(import.meta.dirname, '..', '..');

/**
 * What a module of test/kube/support exports.
 * @param {string} name
 */
async function supportOf(name) {
  const outfile = join(cache, `${name}.cjs`);
  await build({ ...nodeOptions, entryPoints: [join(root, 'test', 'kube', 'support', `${name}.ts`)], outfile });
  return (await import(pathToFileURL(outfile).href)).default;
}

/** @returns {Promise<import('../kube/support/api-server').ReplayedApiServer>} a server on loopback that runs */
export async function startApiServer() {
  /** @type {typeof import('../kube/support/api-server')} */
  const { ReplayedApiServer } = await supportOf('api-server');
  const server = new ReplayedApiServer();
  await server.start();
  return server;
}

/** @returns {Promise<typeof import('../kube/support/many-objects').oneOfMany>} what makes one of ten thousand objects */
export async function manyObjects() {
  return (await supportOf('many-objects')).oneOfMany;
}

/**
 * Writes the kubeconfig of a home folder.
 * @param {string} home
 * @param {string} server
 * @param {readonly string[]} contexts all of them lead to the server
 */
export function writeKubeconfig(home, server, contexts) {
  mkdirSync(join(home, '.kube'), { recursive: true });
  const named = contexts.map((name) => `  - { name: ${name}, context: { cluster: here, user: me } }`);
  const lines = ['apiVersion: v1', 'kind: Config', `clusters: [{ name: here, cluster: { server: '${server}' } }]`];
  lines.push('users: [{ name: me, user: { token: only-for-this-scene } }]', 'contexts:', ...named, '');
  writeFileSync(join(home, '.kube', 'config'), lines.join('\n'));
}
