import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readSecretHostMessage,
  readSecretPageMessage,
  secretLimits,
  versioned,
} from '../../../webview/secret-protocol';

const target = { revision: 3, id: '[0,["a"]]' } as const;

test('what the page sends is what the extension reads', () => {
  for (const message of [
    { type: 'ready' },
    { type: 'peek', ...target },
    { type: 'copy', ...target },
    { type: 'remove', ...target },
    { type: 'rename', ...target, key: 'b' },
    { type: 'set', ...target, valueType: 'int', text: '7' },
    { type: 'add', ...target, key: 'b', valueType: 'str', text: '' },
    { type: 'save' },
    { type: 'act', action: 'rotate' },
    { type: 'fault', text: 'A message was dropped.' },
  ] as const) {
    assert.deepEqual(readSecretPageMessage(versioned(message)), { message });
  }
});

test('what leads to a row is read by the page', () => {
  const message = { type: 'focus', ...target, text: 'Put it here.' } as const;
  assert.deepEqual(readSecretHostMessage(versioned(message)), { message });
  assert.ok('fault' in readSecretHostMessage({ ...versioned(message), revision: '3' }));
});

const value = 'MARKER-OF-A-VALUE';
const hostile: readonly unknown[] = [
  undefined,
  value,
  [],
  { version: 1 },
  { version: 2, type: 'ready' },
  { version: 1, type: value },
  { version: 1, type: '__proto__' },
  { version: 1, type: 'peek', id: value },
  { version: 1, type: 'peek', revision: -1, id: value },
  { version: 1, type: 'peek', revision: 1, id: 'x'.repeat(secretLimits.id + 1) },
  { version: 1, type: 'set', ...target, valueType: 'comment', text: value },
  { version: 1, type: 'set', ...target, valueType: 'str', text: [value] },
  { version: 1, type: 'set', ...target, valueType: 'str', text: 'x'.repeat(secretLimits.value + 1) },
  { version: 1, type: 'add', ...target, valueType: 'str', text: value },
  { version: 1, type: 'act', action: value },
];

test('anything else is dropped, and the reason quotes nothing of it', () => {
  for (const message of hostile) {
    for (const reading of [readSecretPageMessage(message), readSecretHostMessage(message)]) {
      assert.ok('fault' in reading, String(message));
      assert.doesNotMatch(reading.fault, /MARKER/);
    }
  }
});

test('a row keeps what is known of rows and nothing else', () => {
  const about = { title: 't', recipients: [], rule: '', actions: ['compare'], notice: '' };
  const row = { id: 'i', kind: 'value', depth: 1, label: 'l', type: 'str', isEncrypted: true };
  const sent = {
    version: 1,
    type: 'open',
    ...about,
    revision: 1,
    isReadOnly: false,
    rows: [{ ...row, value: 'x', isEmpty: 'yes' }],
  };
  const reading = readSecretHostMessage(sent);
  assert.ok('message' in reading && reading.message.type === 'open');
  assert.deepEqual(reading.message.rows, [row]);
  assert.ok('fault' in readSecretHostMessage({ ...sent, rows: [{ ...row, depth: secretLimits.depth + 1 }] }));
});
