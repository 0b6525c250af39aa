import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditedSecret } from '../../../../client/secrets/editing/edited-secret';
import { recipientsOf, readRule, driftOf } from '../../../../client/secrets/operations/governing-rule';
import { openMessage, sealedMessage, type FileNote } from '../../../../client/views/secret/secret-messages';
import { readSecretHostMessage, versioned } from '../../../../webview/secret-protocol';
import { encrypted, makeAgeKey } from '../../secrets/keys';

const note: FileNote = {
  title: 'db.yaml',
  recipients: [{ type: 'age', name: 'age1x', nickname: 'Ada' }],
  rule: undefined,
  drift: undefined,
  hasChangedOnDisk: false,
};

async function secret(text: string) {
  const { key } = await makeAgeKey();
  const file = await encrypted(text, 'yaml', { groups: [[key]], threshold: 0 });
  return { secret: new EditedSecret(file), key };
}

test('the page of an open file gets what its reader takes, and no value', async () => {
  const { secret: open } = await secret('a:\n  - MARKER-ONE\n  - 7\nb: MARKER-TWO # MARKER-THREE\nc: {}\n');
  const message = openMessage(open, false, note);
  assert.deepEqual(readSecretHostMessage(versioned(message)), { message });
  assert.doesNotMatch(JSON.stringify(message), /MARKER/);
  assert.ok(message.type === 'open');
  assert.deepEqual(message.actions, ['rotate', 'compare', 'explain', 'openText']);
  const rows = message.rows.map(({ label, adds, canRename, canRemove }) => [label, adds, canRename, canRemove]);
  assert.deepEqual(rows, [
    ['', 'key', undefined, undefined],
    ['a', 'item', true, true],
    ['[0]', undefined, undefined, true],
    ['[1]', undefined, undefined, true],
    ['', undefined, undefined, undefined],
    ['b', undefined, true, true],
    ['c', 'key', true, true],
  ]);
});

test('a file that may only be looked at offers no edit and says why', async () => {
  const { secret: open } = await secret('a: x\n');
  const message = openMessage(open, true, note);
  assert.ok(message.type === 'open');
  assert.match(message.notice, /checksum of the file is wrong/);
  assert.ok(message.rows.every((row) => row.adds === undefined && row.canRemove === undefined));
});

test('a sealed file says who can open it and what was tried', () => {
  const attempts = [{ place: 'SOPS_AGE_KEY', outcome: 'not set' }];
  const message = sealedMessage(
    { reason: 'No key opens it.', attempts, canLook: true },
    { ...note, hasChangedOnDisk: true },
  );
  assert.deepEqual(readSecretHostMessage(versioned(message)), { message });
  assert.ok(message.type === 'sealed');
  assert.deepEqual(message.actions, ['retry', 'look', 'storeKey', 'explain', 'openText', 'reload', 'overwrite']);
  assert.deepEqual(message.attempts, attempts);
});

test('rule, drift and nicknames are of the nearest configuration; the names of settings come first', async () => {
  const { secret: open, key } = await secret('a: x\n');
  const other = (await makeAgeKey()).key.name;
  const config = {
    file: 'apps/.sops.yaml',
    text: `creation_rules:\n  - path_regex: nothing\n    age: ${other}\n  - age:\n      - ${key.name} # Ada\n      - ${other} # Bob\n`,
  };
  const rule = readRule(config, 'apps/db.yaml');
  assert.ok(rule.kind === 'rule');
  assert.equal(rule.name, 'rule 2 of apps/.sops.yaml');
  assert.deepEqual(rule.encryption.groups, [[key, { type: 'age', name: other }]]);
  const { metadata } = open.current;
  assert.match(driftOf(metadata, rule) ?? '', /^The rule has changed since: it .*Bob/);
  assert.equal(recipientsOf(metadata, config, {})[0]?.nickname, 'Ada');
  assert.equal(recipientsOf(metadata, config, { [key.name]: 'my laptop' })[0]?.nickname, 'my laptop');
  assert.deepEqual(readRule(undefined, 'db.yaml'), { kind: 'none', reason: 'No .sops.yaml lies above this file.' });
  assert.deepEqual(
    readRule({ file: '.sops.yaml', text: 'creation_rules:\n  - path_regex: x$\n    age: a\n' }, 'db.yaml'),
    {
      kind: 'none',
      reason: '.sops.yaml has no rule that fits db.yaml.',
    },
  );
});
