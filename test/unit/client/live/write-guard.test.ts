import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticeText } from '../../../../client/commands/object-action/notice-text';
import { stepText } from '../../../../client/commands/object-action/step-text';
import { writeGuard, writeTexts } from '../../../../client/commands/object-action/write-guard';
import { logText } from '../../../../client/views/live/log-text';

const rules = { readOnly: ['*-audit'], production: ['*prod*'] };

test('the strictest rule that matches a context counts', () => {
  assert.equal(writeGuard('staging', rules), 'free');
  assert.equal(writeGuard('eu-Prod-1', rules), 'type-name');
  assert.equal(writeGuard('prod-audit', rules), 'read-only');
  assert.equal(writeGuard('staging', { readOnly: [], production: [''] }), 'free');
});

test('sentences name context and object', () => {
  for (const text of [writeTexts.readOnly('eu', 'Kustomization a/b'), writeTexts.denied('eu', 'Kustomization a/b')]) {
    assert.match(text, /\beu\b.*Kustomization a\/b/);
  }
  assert.match(
    writeTexts.typeName('eu', 'Suspend Kustomization a/b in eu'),
    /^Suspend Kustomization a\/b in eu\. eu is/,
  );
});

test('a text of a cluster makes no link in a notification', () => {
  const hostile = 'failed\n[click here](command:workbench.action.terminal.new) [x]  (https://x.example)';
  const shown = noticeText(hostile);
  assert.doesNotMatch(shown, /\]\s*\(/);
  assert.doesNotMatch(shown, /\n/);
  assert.ok(noticeText('a'.repeat(5_000)).length < 400);
  const id = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace: 'flux-system', name: 'apps' };
  const step = stepText({ id, name: 'failed', message: '[a](command:b)' });
  assert.equal(step, 'Kustomization flux-system/apps: failed – [a] – (command:b)');
});

test('what looks like a credential does not reach the log', () => {
  const marker = 'm4rk3r';
  const lines = [
    logText(`Authorization: Bearer ${marker}`),
    logText('request', { url: `https://me:${marker}@cluster.example/api` }),
    logText('login', { body: `id_token=${marker}&x=1` }),
    logText(`{"token": "${marker}"}`),
    logText(`got eyJhbGciOi.${marker}.${marker}`),
    logText(`-----BEGIN PRIVATE KEY-----\n${marker}\n-----END PRIVATE KEY-----`),
  ];
  for (const line of lines) assert.ok(!line.includes(marker), line);
  assert.equal(
    logText('a connection has failed', { context: 'staging', state: 'expired' }),
    'a connection has failed context=staging state=expired',
  );
});
