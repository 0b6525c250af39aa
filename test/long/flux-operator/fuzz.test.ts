import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { expandText, printedObjects } from '../../support/resource-sets';
import { Random } from '../kustomize/random';
import { makeResourceSet } from './random-set';

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const tool = process.env['FLUX_OPERATOR'];
const runs = Number(process.env['FUZZ_RUNS'] ?? 300);
const first = Number(process.env['FUZZ_SEED'] ?? 1);

const build = (program: string, text: string): Answer =>
  spawnSync(program, ['build', 'rset', '-f', '-'], { input: text, encoding: 'utf8' });

if (tool === undefined || spawnSync(tool, ['--help']).status !== 0) {
  console.log('skipped: FLUX_OPERATOR names no command line of Flux Operator');
} else {
  test(`${String(runs)} random ResourceSets from seed ${String(first)}`, () => {
    let [built, known] = [0, 0];
    for (let seed = first; seed < first + runs; seed++) {
      const text = makeResourceSet(new Random(seed));
      const { status, stdout, stderr } = build(tool, text);
      const { objects, isWhole } = expandText(text);
      const what = `seed ${String(seed)}\n${text}\n${stderr}`;
      if (isWhole) known++;
      if (status === 0) built++;
      // What is not carried out here is a hole; what is refused must never look whole.
      if (status !== 0) assert.ok(!isWhole, what);
      else if (isWhole) assert.deepEqual(objects, printedObjects(stdout), what);
    }
    console.log(`${String(built)} of ${String(runs)} build, ${String(known)} are known here`);
    assert.ok(known > built * 0.8, 'most of what builds is known');
  });
}
