import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inverse, multiply } from '../../../client/secrets/shamir/field';
import { combineShares, splitSecret } from '../../../client/secrets/shamir/shares';

test('the field is that of AES', () => {
  // FIPS 197, 4.2: {57} times {83}, and {57} times {13}.
  assert.equal(multiply(0x57, 0x83), 0xc1);
  assert.equal(multiply(0x57, 0x13), 0xfe);
  for (let element = 1; element < 256; element++) assert.equal(multiply(element, inverse(element)), 1);
});

test('as many shares as the threshold, in any order, restore the secret; one less does not', () => {
  const cases = fc.record({
    secret: fc.uint8Array({ minLength: 16, maxLength: 32 }),
    parts: fc.integer({ min: 2, max: 6 }),
    order: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
  });
  fc.assert(
    fc.property(cases, fc.integer({ min: 2, max: 6 }), ({ secret, parts, order }, wanted) => {
      const threshold = Math.min(parts, wanted);
      const shares = splitSecret(secret, parts, threshold).map((share, index) => ({ share, rank: order[index] ?? 0 }));
      const chosen = shares.sort((a, b) => a.rank - b.rank).map(({ share }) => share);
      assert.deepEqual(combineShares(chosen.slice(0, threshold)), secret);
      if (threshold > 2) assert.notDeepEqual(combineShares(chosen.slice(0, threshold - 1)), secret);
    }),
    { numRuns: 100 },
  );
});

test('shares that do not belong together give nothing', () => {
  const [a, b] = splitSecret(new Uint8Array(32), 2, 2);
  assert.ok(a && b);
  assert.equal(combineShares([a]), undefined);
  assert.equal(combineShares([a, a]), undefined);
  assert.equal(combineShares([a, b.slice(1)]), undefined);
  assert.equal(combineShares([new Uint8Array(0), new Uint8Array(0)]), undefined);
});
