import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '../../../server/lsp/configuration';

test('settings of any shape are read as far as they are understood', () => {
  const empty = { rules: {}, recipientNames: {} };
  for (const value of [undefined, null, 7, [], { rules: 'x', sops: [] }, { sops: { recipientNames: ['a'] } }]) {
    assert.deepEqual(readSettings(value), empty);
  }
  assert.deepEqual(
    readSettings({
      rules: { a: 'off', b: 'loud' },
      sops: { recipientNames: { age1x: 'Ada', age1y: 7, age1z: '' } },
    }),
    { rules: { a: 'off' }, recipientNames: { age1x: 'Ada' } },
  );
});
