// @ts-check
// Makes what the cases of test/flux-operator expect, with the command line of Flux Operator:
// node test/flux-operator/make-expected.mjs FLUX_OPERATOR [FILTER]
// Each case is a ResourceSet and the providers it takes inputs from. `NAME.expected.txt` gets the objects, `NAME.error.txt`
// what the tool says where it fails.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [tool, filter = ''] = process.argv.slice(2);
if (tool === undefined) {
  console.error('usage: node test/flux-operator/make-expected.mjs FLUX_OPERATOR [FILTER]');
  process.exit(2);
}
const root = dirname(fileURLToPath(import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'fluxwright-operator-'));
const cases = readdirSync(root, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.yaml') && file.includes(filter))
  .sort();
for (const file of cases) {
  const [set = '', ...providers] = readFileSync(join(root, file), 'utf8').split(/^---$/m);
  writeFileSync(join(scratch, 'set.yaml'), set);
  writeFileSync(join(scratch, 'providers.yaml'), providers.join('---'));
  const given = providers.length === 0 ? [] : ['--inputs-from-provider', join(scratch, 'providers.yaml')];
  const { status, stdout, stderr } = spawnSync(tool, ['build', 'rset', '-f', join(scratch, 'set.yaml'), ...given], {
    encoding: 'utf8',
  });
  const base = join(root, file.replace(/\.yaml$/, ''));
  for (const kind of ['expected', 'error']) rmSync(`${base}.${kind}.txt`, { force: true });
  if (status === 0) writeFileSync(`${base}.expected.txt`, stdout);
  else writeFileSync(`${base}.error.txt`, `${stderr.trim().replaceAll(scratch, '')}\n`);
  console.log(`${file}: ${status === 0 ? 'built' : stderr.trim()}`);
}
rmSync(scratch, { recursive: true });
