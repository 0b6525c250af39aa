// @ts-check
// Makes what the cases of test/flux expect, with the controller's own packages:
// node test/flux/make-expected.mjs FLUX_ORACLE [FILTER]
// FLUX_ORACLE is the program of tools/flux-oracle (`go build`, Go 1.27). Where Flux fails, `expected.error` gets a first
// line for our code, which is kept when it is there already.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [tool, filter = ''] = process.argv.slice(2);
if (tool === undefined) {
  console.error('usage: node test/flux/make-expected.mjs FLUX_ORACLE [FILTER]');
  process.exit(2);
}
const root = dirname(fileURLToPath(import.meta.url));

/** @param {string} folder */
const folders = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const cases = folders(root)
  .flatMap((feature) => folders(join(root, feature)).map((name) => join(root, feature, name)))
  .filter((folder) => folder.includes(filter));
const requests = cases.map((folder) => {
  const text = readFileSync(join(folder, 'flux.yaml'), 'utf8');
  const minor = Number(/^# flux: 2\.(\d+)$/m.exec(text)?.[1] ?? 10);
  const [kustomization, ...sources] = text.split(/^---$/m);
  return JSON.stringify({ root: resolve(folder, 'tree'), kustomization, sources, strict: minor >= 9 });
});
const { status, stdout } = spawnSync(tool, { input: `${requests.join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28 });
const answers = stdout.split('\n').filter((line) => line !== '');
if (status !== 0 || answers.length !== cases.length) throw new Error('the program does not answer every request');
for (const [index, folder] of cases.entries()) {
  /** @type {{ text?: string, error?: string }} */
  const { text = '', error } = JSON.parse(answers[index] ?? '');
  const [success, failure] = [join(folder, 'expected.yaml'), join(folder, 'expected.error')];
  const known = existsSync(failure) ? readFileSync(failure, 'utf8') : '';
  rmSync(success, { force: true });
  if (error === undefined) {
    rmSync(failure, { force: true });
    writeFileSync(success, text);
  } else writeFileSync(failure, known === '' ? 'code-to-be-written\n' : known);
  const result = error === undefined ? 'built' : `fails (${known.trim() || 'write our code'}): ${error}`;
  console.log(`${folder.slice(root.length + 1)}: ${result}`);
}
