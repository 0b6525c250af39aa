// @ts-check
// Makes what the cases of test/build expect, with the real tool: node test/build/make-expected.mjs KUSTOMIZE [FILTER]
// KUSTOMIZE is the binary of sigs.k8s.io/kustomize/kustomize/v5@v5.8.1. Where it fails, `expected.error` gets a first line
// for our code, which is kept when it is there already.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [tool, filter = ''] = process.argv.slice(2);
if (tool === undefined) {
  console.error('usage: node test/build/make-expected.mjs KUSTOMIZE [FILTER]');
  process.exit(2);
}
const root = dirname(fileURLToPath(import.meta.url));
// Proxies on a closed port: remote entries fail at once.
const closed = 'http://127.0.0.1:9';
const env = {
  ...process.env,
  ...{ GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: 'false' },
  ...{ http_proxy: closed, https_proxy: closed, HTTP_PROXY: closed, HTTPS_PROXY: closed },
};

/** @param {string} folder */
const folders = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** @param {string} folder */
function make(folder) {
  const success = join(folder, 'expected.yaml');
  const failure = join(folder, 'expected.error');
  const known = existsSync(failure) ? readFileSync(failure, 'utf8') : '';
  rmSync(success, { force: true });
  const args = ['build', '--load-restrictor', 'LoadRestrictionsNone', resolve(folder)];
  const { status, stdout, stderr } = spawnSync(/** @type {string} */ (tool), args, { env, maxBuffer: 1 << 28 });
  if (status === 0) {
    rmSync(failure, { force: true });
    writeFileSync(success, stdout);
    return 'built';
  }
  writeFileSync(failure, known === '' ? 'code-to-be-written\n' : known);
  return `fails (${known.trim() || 'write our code'}): ${String(stderr).trim().split('\n').at(-1) ?? ''}`;
}

for (const feature of folders(root)) {
  for (const name of folders(join(root, feature))) {
    if (!`${feature}/${name}`.includes(filter)) continue;
    console.log(`${feature}/${name}: ${make(join(root, feature, name))}`);
  }
}
