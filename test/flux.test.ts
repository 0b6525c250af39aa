import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { printFlux } from './support/print-flux';

// Every folder test/flux/FEATURE/NAME holds `flux.yaml`, a Flux Kustomization and then what it takes variables from, and
// `tree`, the artifact. `expected.yaml` is what the packages of kustomize-controller 1.10 made of it; `expected.error`
// stands where they fail, with our code on its first line (test/flux/make-expected.mjs).
const root = join('test', 'flux');

const directories = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

function readTree(folder: string): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  for (const path of readdirSync(folder, { recursive: true }).map(String).sort()) {
    const file = join(folder, path);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    files.set(path, isUtf8(bytes) ? bytes.toString('utf8') : bytes);
  }
  return files;
}

for (const feature of directories(root)) {
  describe(feature, () => {
    for (const name of directories(join(root, feature))) {
      test(name, () => {
        const folder = join(root, feature, name);
        const text = readFileSync(join(folder, 'flux.yaml'), 'utf8');
        const release = /^# flux: (2\.\d+)$/m.exec(text)?.[1] ?? '2.10';
        const found = printFlux(readTree(join(folder, 'tree')), text.split(/^---$/m), release);
        const failure = join(folder, 'expected.error');
        if (existsSync(failure)) {
          assert.ok('fault' in found, `Flux refuses this: ${JSON.stringify(found)}`);
          assert.equal(found.fault.code, readFileSync(failure, 'utf8').split('\n')[0]?.trim(), found.fault.message);
          assert.match(found.fault.message, /^[^\n]+\.$/);
        } else {
          assert.ok('text' in found, `Flux builds this: ${JSON.stringify(found)}`);
          assert.equal(found.text, readFileSync(join(folder, 'expected.yaml'), 'utf8'));
        }
      });
    }
  });
}
