import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FluxRelease, fluxReleases, newestFlux, spanHolds } from '../../../schemas/release';

const held = (span: string): readonly FluxRelease[] => fluxReleases.filter((release) => spanHolds(span, release));

test('a span is one release, a closed range, or open to the newest', () => {
  assert.deepEqual(held('2.7'), ['2.7']);
  assert.deepEqual(held('2.5-2.7'), ['2.5', '2.6', '2.7']);
  assert.deepEqual(held('2.8+'), ['2.8', '2.9', '2.10']);
  assert.deepEqual(held('2.0+'), fluxReleases);
});

test('releases are compared as versions, not as text', () => {
  assert.equal(spanHolds('2.9+', '2.10'), true);
  assert.equal(spanHolds('2.10+', '2.9'), false);
  assert.equal(newestFlux, fluxReleases.at(-1));
});

test('a release that no table knows is a mistake in the table', () => {
  assert.throws(() => spanHolds('2.11+', '2.10'), RangeError);
  assert.throws(() => spanHolds('1.0-2.3', '2.0'), RangeError);
});
