// @ts-check
// The replayed API server of test/kube for scenes, which run without a compiler.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { nodeOptions } from '../../tools/esbuild-options.mjs';
import { cache } from './tools.mjs';

const root = join(import.meta.dirname, '..', '..');

/** @returns {Promise<import('../kube/support/api-server').ReplayedApiServer>} a server on loopback that runs */
export async function startApiServer() {
  const outfile = join(cache, 'api-server.cjs');
  const entry = join(root, 'test', 'kube', 'support', 'api-server.ts');
  await build({ ...nodeOptions, entryPoints: [entry], outfile });
  const { default: bundle } = await import(pathToFileURL(outfile).href);
  const server = new bundle.ReplayedApiServer();
  await server.start();
  return server;
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
