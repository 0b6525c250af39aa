import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { randomEvent } from '../../../support/random-objects';
import { saidOfAll, StatusWorld } from '../../../support/status-world';

const runs = { numRuns: 200, seed: 20_261_130 };

test('after any events the store says what one says that was fed a fresh list', () => {
  fc.assert(
    fc.property(fc.array(randomEvent, { maxLength: 80, size: 'max' }), (events) => {
      const world = new StatusWorld();
      for (const event of events) world.apply(event);
      assert.deepEqual(saidOfAll(world.store), saidOfAll(world.fresh()));
    }),
    runs,
  );
});

test('whatever is said anew was in the event between', () => {
  fc.assert(
    fc.property(fc.array(randomEvent, { maxLength: 80, size: 'max' }), (events) => {
      const world = new StatusWorld();
      let before = saidOfAll(world.store);
      let told = new Set<string>();
      let count = 0;
      world.store.onChange((change) => {
        count++;
        told = new Set([...told, ...change.objects]);
      });
      for (const event of [...events, { type: 'wait', milliseconds: 200 } as const]) {
        const countBefore = count;
        world.apply(event);
        if (event.type !== 'wait') {
          assert.equal(count, countBefore, 'events come through the clock only');
          continue;
        }
        // 50 ms may be too early for what waits; its event comes with the next pause.
        if (event.milliseconds < 200) continue;
        const now = saidOfAll(world.store);
        for (const id of new Set([...before.keys(), ...now.keys()])) {
          if (!told.has(id)) assert.deepEqual(now.get(id), before.get(id), `${id} changed unnoticed`);
        }
        before = now;
        told = new Set();
      }
    }),
    runs,
  );
});
