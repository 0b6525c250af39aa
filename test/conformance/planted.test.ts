import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { rules } from '../../server/rules/index';
import { mutators } from './planted/index';
import { type Mutator, type Place, randomFrom, shuffle } from './planted/mutator';
import { peculiaritiesOf } from './planted/peculiarities';
import { type Bench, isFound, openBenches } from './planted/run';
import { repositoryNames, sharedRepositories, skipWithout } from './support/shared-trees';

const skip = skipWithout(sharedRepositories);
// A tree with more places than this gives as many, chosen by the seed.
const perTree = 25;
const seed = 20261124;
// No public tree has objects of image automation, nor names a Secret that certainly nothing makes.
const placeless = ['ref-image-source', 'ref-image-repository-not-found', 'ref-secret-not-found'];

interface Row {
  readonly places: number;
  planted: number;
  found: number;
  readonly missed: string[];
}

function plantAll(mutator: Mutator, bench: Bench, number: number): Row {
  const places = mutator.places(bench.tree);
  const random = randomFrom(seed + number);
  const chosen: readonly Place[] = places.length > perTree ? shuffle(places, random) : places;
  const row: Row = { places: places.length, planted: 0, found: 0, missed: [] };
  for (const place of chosen) {
    if (row.planted === perTree) break;
    const planted = place.plant(random);
    if (planted === undefined) continue;
    const { findings, expected } = bench.plant(planted);
    // What was already found there says nothing about the mistake.
    if (expected.some((one) => isFound(bench.baseline, mutator.code, one))) continue;
    row.planted++;
    if (expected.length > 0 && expected.every((one) => isFound(findings, mutator.code, one))) row.found++;
    else {
      const shown = expected.map(
        ({ file, range: { start, end } }) => `${file}:${start.line + 1}:${start.character + 1}-${end.character + 1}`,
      );
      const instead = expected
        .flatMap(({ file }) => findings.get(file) ?? [])
        .map(
          ({ code, range, message }) =>
            `${code} ${range.start.line + 1}:${range.start.character + 1}-${range.end.character + 1} ${message}`,
        );
      row.missed.push(
        `${mutator.code}: ${place.at}: expected at ${shown.join(', ')}; there: ${instead.join(' | ') || 'nothing'}`,
      );
    }
  }
  return row;
}

describe('planted mistakes', { skip }, () => {
  const trees = repositoryNames().filter((name) => !name.startsWith('lisenet'));
  const table = new Map<string, Row[]>(mutators.map(({ code }) => [code, []]));

  it('there is a mutator for every rule', () => {
    assert.deepEqual(mutators.map(({ code }) => code).sort(), rules.map(({ code }) => code).sort());
  });

  for (const name of trees) {
    it(`${name}: incremental analysis comes back to where it began`, () => {
      const benchOf = openBenches(name);
      for (const [number, mutator] of mutators.entries()) {
        const bench = benchOf(mutator.flux ?? peculiaritiesOf(name).flux);
        table.get(mutator.code)?.push(plantAll(mutator, bench, number));
        assert.deepEqual(
          [...bench.revert()].sort(),
          [...bench.baseline].sort(),
          `${mutator.code} left something behind`,
        );
        assert.deepEqual(bench.complaints, []);
      }
    });
  }

  for (const { code } of rules) {
    it(`${code}: at least 99 % are found at the right place`, (context) => {
      const rows = table.get(code) ?? [];
      const planted = rows.reduce((sum, row) => sum + row.planted, 0);
      assert.equal(planted === 0, placeless.includes(code), `${planted} planted`);
      const missed = rows.flatMap((row) => row.missed);
      for (const miss of missed) context.diagnostic(miss);
      assert.ok(missed.length <= planted / 100, missed.join('\n'));
    });
  }

  after(() => {
    const width = Math.max(...rules.map(({ code }) => code.length));
    const cell = ({ places, planted, found }: Row): string => `${places}/${planted}/${found}`.padStart(14);
    console.log(`places/planted/found`.padEnd(width), ...trees.map((name) => name.slice(0, 13).padStart(14)));
    for (const [code, rows] of table) console.log(code.padEnd(width), ...rows.map(cell));
  });
});
