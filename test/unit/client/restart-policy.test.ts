import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRestartPolicy } from '../../../client/language/restart-policy';

test('the third crash within ten minutes ends the restarts, pauses grow before', () => {
  let time = 0;
  const crash = createRestartPolicy(() => time);
  assert.deepEqual(crash(), { kind: 'restart', delay: 1_000 });
  time += 60_000;
  assert.deepEqual(crash(), { kind: 'restart', delay: 5_000 });
  time += 60_000;
  assert.deepEqual(crash(), { kind: 'give-up' });
});

test('crashes far apart are each the first', () => {
  let time = 0;
  const crash = createRestartPolicy(() => time);
  for (let hour = 0; hour < 5; hour += 1) {
    assert.deepEqual(crash(), { kind: 'restart', delay: 1_000 });
    time += 3_600_000;
  }
});
