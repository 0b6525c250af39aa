import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BuildResult } from '../../../server/build/build';
import { type BuildMap, differingBuilds, withBuilds } from '../../../server/workspace/build-map';

let number = 0;
/** Maps look at nothing but identity; the number makes each differ for the assertions too. */
const build = (): BuildResult => ({ number: number++ }) as unknown as BuildResult;
const made = (keys: readonly string[]): BuildMap => new Map(keys.map((key) => [key, build()]));
const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 4 });

test('what differs is told alike by the way a map was made and by a walk over both', () => {
  fc.assert(
    fc.property(keys, fc.array(keys, { maxLength: 24 }), fc.nat(24), (first, steps, from) => {
      const maps = [made(first)];
      for (const step of steps) maps.push(withBuilds(maps.at(-1) ?? new Map(), made(step)));
      const [before, now] = [maps[Math.min(from, maps.length - 1)], maps.at(-1)];
      // A copy was not made from the other, so both are gone through.
      const walked = differingBuilds(before, now && new Map(now));
      const told = differingBuilds(before, now);
      assert.deepEqual(new Set(told.come), new Set(walked.come));
      assert.deepEqual(new Set(told.gone), new Set(walked.gone));
    }),
  );
});

test('without the older map everything came', () => {
  const now = made(['a', 'b']);
  assert.deepEqual(differingBuilds(undefined, now), { come: [...now.values()], gone: [] });
  assert.deepEqual(differingBuilds(now, undefined), { come: [], gone: [...now.values()] });
});
