import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { expandText, printedObjects } from './support/resource-sets';

// Every test/flux-operator/FEATURE/NAME.yaml is a ResourceSet and the providers it takes inputs from. `NAME.expected.txt` is
// what the command line of Flux Operator made of it, `NAME.error.txt` what it said where it fails
// (test/flux-operator/make-expected.mjs). `# here: unknown` stands above what is not carried out here: a hole, but never
// another object; `# operator: nothing` where the operator in a cluster does another thing than its command line.
const root = join('test', 'flux-operator');

const read = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name: feature } of folders) {
  describe(`ResourceSet: ${feature}`, () => {
    const cases = readdirSync(join(root, feature)).filter((file) => file.endsWith('.yaml'));
    for (const file of cases.sort()) {
      test(file.replace(/\.yaml$/, ''), () => {
        const place = join(root, feature, file);
        const text = readFileSync(place, 'utf8');
        const { objects, isWhole } = expandText(text);
        const made = read(place.replace(/\.yaml$/, '.expected.txt'));
        const error = read(place.replace(/\.yaml$/, '.error.txt'));
        const isUnknown = /^# here: unknown$/m.test(text);
        const isNothing = /^# operator: nothing$/m.test(text) || error?.includes('no objects were generated') === true;
        if (made === undefined && !isNothing) {
          assert.equal(isWhole, false, `Flux Operator refuses this: ${error ?? ''}`);
          return;
        }
        const expected = isNothing ? [] : printedObjects(made ?? '');
        assert.equal(isWhole, !isUnknown);
        if (isUnknown) for (const object of objects) assert.ok(expected.some((one) => same(one, object)));
        else assert.deepEqual(objects, expected);
      });
    }
  });
}

function same(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}
