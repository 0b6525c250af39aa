import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError } from '../../../server/lsp/safe';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('an error is described without any text of a file', () => {
  for (const error of [
    thrownBy(() => JSON.parse('hunter2-password')),
    thrownBy(() => JSON.parse('{"password": hunter2-password}')),
    thrownBy(() => new RegExp('(hunter2-password')),
    thrownBy(() => decodeURIComponent('%hunter2-password')),
    new TypeError("Cannot read properties of undefined (reading 'hunter2-password')"),
    'hunter2-password',
  ]) {
    assert.doesNotMatch(describeError(error), /hunter2/, describeError(error));
  }
  assert.match(describeError(new TypeError('x is no function')), /^TypeError: x is no function at /);
});
