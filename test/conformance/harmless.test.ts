import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harmlessChange } from './planted/harmless';
import { randomFrom } from './planted/mutator';
import { type Findings, openBenches } from './planted/run';
import { repositoryNames, sharedRepositories, skipWithout } from './support/shared-trees';

const skip = skipWithout(sharedRepositories);
const rounds = 60;
// An old release gives hundreds of findings, of which none may change.
const releases = [undefined, '2.3'];
const seed = 20261125;

/** What is found, apart from the lines that a change moves. */
const summarize = (findings: Findings): string[] =>
  [...findings]
    .flatMap(([file, found]) => found.map(({ code, severity, message }) => `${file} ${severity} ${code} ${message}`))
    .sort();

describe('harmless changes alter no finding', { skip }, () => {
  const trees = repositoryNames().filter((one) => !one.startsWith('lisenet'));
  for (const [name, flux] of trees.flatMap((one) => releases.map((release) => [one, release] as const))) {
    it(`${name}${flux === undefined ? '' : ` for Flux ${flux}`}`, (context) => {
      const bench = openBenches(name)(flux);
      const before = summarize(bench.baseline);
      const random = randomFrom(seed);
      let made = 0;
      for (let round = 0; round < rounds * 3 && made < rounds; round++) {
        const change = harmlessChange(bench.tree, random);
        if (change === undefined) continue;
        made++;
        assert.deepEqual(summarize(bench.plant({ edits: change.edits }).findings), before, change.at);
      }
      assert.deepEqual([...bench.revert()].sort(), [...bench.baseline].sort());
      assert.deepEqual(bench.complaints, []);
      context.diagnostic(`${made} changes, ${before.length} findings`);
      assert.equal(made, rounds);
    });
  }
});
