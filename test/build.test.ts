import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { buildKustomization, emitBuild, type BuildRequest } from '../server/build/kustomize/build';
import { isFault, type EngineFault } from '../server/build/kustomize/fault';
import { rangeOfFault } from '../server/build/kustomize/fault-range';
import { rangeOfStep, traceOrigin } from '../server/build/kustomize/trace-origin';
import { createBuildFiles } from '../server/host/build-files';

// Every folder below test/build/FEATURE is a kustomization. `expected.yaml` is what kustomize 5.8.1 printed for it;
// `expected.error` stands where kustomize fails, with our code on its first line (test/build/make-expected.mjs).
const root = join('test', 'build');

/** Every value in the output says where it comes from, and that place is there. */
function checkOrigins(folder: string): void {
  const files = createBuildFiles(folder);
  const result = buildKustomization({ files, directory: '', reorder: 'legacy' });
  const output = result.kind === 'failed' ? undefined : emitBuild(result);
  if (result.kind === 'failed' || output === undefined || isFault(output)) return;
  for (const [index, origin] of output.origins.entries()) {
    const at = output.offsets[index] ?? 0;
    const line = output.text.slice(at, output.text.indexOf('\n', at));
    const steps = traceOrigin(result.origins, origin);
    assert.notEqual(steps.length, 0, `nothing put this there: ${line}`);
    for (const step of steps) {
      assert.notEqual(rangeOfStep(files, step), undefined, `${line}: ${JSON.stringify(step)} is nowhere`);
    }
  }
}

function outcome(folder: string): { readonly text: string } | { readonly fault: EngineFault } {
  const request: BuildRequest = { files: createBuildFiles(folder), directory: '', reorder: 'legacy' };
  const result = buildKustomization(request);
  const output = result.kind === 'failed' ? result.fault : emitBuild(result);
  return isFault(output) ? { fault: output } : { text: output.text };
}

function checkFault(folder: string, fault: EngineFault, expected: string): void {
  assert.equal(fault.code, expected.split('\n')[0]?.trim(), fault.message);
  const files = createBuildFiles(folder);
  if (files.stat(fault.file) !== 'directory') {
    assert.notEqual(rangeOfFault(files, fault), undefined, `the fault stands nowhere: ${fault.file}`);
  }
  assert.match(fault.message, /^[^\n]+\.$/);
}

const directories = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

for (const feature of directories(root)) {
  describe(feature, () => {
    for (const name of directories(join(root, feature))) {
      test(name, () => {
        const folder = join(root, feature, name);
        const [success, failure] = [join(folder, 'expected.yaml'), join(folder, 'expected.error')];
        const found = outcome(folder);
        if (existsSync(failure)) {
          assert.ok('fault' in found, 'kustomize refuses this');
          checkFault(folder, found.fault, readFileSync(failure, 'utf8'));
        } else {
          assert.ok('text' in found, `kustomize builds this: ${JSON.stringify(found)}`);
          assert.equal(found.text, readFileSync(success, 'utf8'));
          checkOrigins(folder);
        }
      });
    }
  });
}
