import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { randomEvent } from '../../../support/random-objects';
import { HandSlices } from '../../../support/hand-slices';
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
      for (const event of [...events, { type: 'wait', milliseconds: 220 } as const]) {
        const countBefore = count;
        world.apply(event);
        if (event.type !== 'wait') {
          assert.equal(count, countBefore, 'events come through the clock only');
          continue;
        }
        // 50 ms may be too early for what waits; its event comes with the next pause.
        if (event.milliseconds < 220) continue;
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

test('the same while what a change reaches is looked for in small steps, between which more changes', async () => {
  const step = fc.tuple(randomEvent, fc.nat(6));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80, size: 'max' }), async (steps) => {
      const slices = new HandSlices();
      const world = new StatusWorld(slices);
      let before = saidOfAll(world.store);
      const told = new Set<string>();
      world.store.onChange(({ objects }) => objects.forEach((id) => told.add(id)));
      for (const [at, [event, count]] of steps.entries()) {
        world.apply(event);
        await slices.step(count);
        if (at % 20 !== 19 && at < steps.length - 1) continue;
        for (let pause = 0; pause < 3; pause++) {
          world.clock.advance(220);
          await slices.finish();
        }
        const now = saidOfAll(world.store);
        for (const id of new Set([...before.keys(), ...now.keys()])) {
          if (!told.has(id)) assert.deepEqual(now.get(id), before.get(id), `${id} changed unnoticed`);
        }
        before = now;
        told.clear();
      }
    }),
    runs,
  );
});
