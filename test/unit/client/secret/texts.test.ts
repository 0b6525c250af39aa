import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DecryptionPath } from '../../../../server/protocol/decryption';
import { type ComparedSide, compareText } from '../../../../client/views/secret/compare-text';
import { doctorText } from '../../../../client/views/secret/doctor-text';
import { revisionItems } from '../../../../client/views/secret/revision-items';
import { removedText } from '../../../../client/views/secret/removed-text';
import { EditedSecret } from '../../../../client/secrets/editing/edited-secret';
import { updateKeys } from '../../../../client/secrets/operations/update-keys';
import { encrypted, makeAgeKey } from '../../secrets/keys';
import { keyringNote, type WindowFacts } from '../../../../client/views/secret/keyring-note';
import { isEncryptedText } from '../../../../client/views/secret/encrypted-text';

const whole: DecryptionPath = {
  cluster: 'clusters/home',
  kustomization: 'x',
  steps: [
    { link: 'file', state: 'ok', message: 'The file is encrypted.' },
    { link: 'key-secret', state: 'unknown', message: 'Secret sops-age is in no file.' },
  ],
};
const broken: DecryptionPath = {
  cluster: 'clusters/edge',
  kustomization: 'x',
  steps: [
    { link: 'file', state: 'ok', message: 'The file is encrypted.' },
    {
      link: 'decryption',
      state: 'broken',
      message: 'Kustomization apps has no decryption.',
      fix: { title: 'Add decryption', edits: [] },
    },
  ],
};

test('the report names the broken link, its fix, and every step', () => {
  assert.equal(
    doctorText('apps/db.yaml', [whole, broken]),
    `# Decryption of apps/db.yaml

Broken link: Decryption. Kustomization apps has no decryption.

Fix: Add decryption.

## Cluster clusters/home

1. **File** (ok): The file is encrypted.
2. **Key Secret** (not known): Secret sops-age is in no file.

## Cluster clusters/edge

1. **File** (ok): The file is encrypted.
2. **Decryption** (BROKEN): Kustomization apps has no decryption.
`,
  );
});

test('without a broken link the report says how far that is known', () => {
  assert.match(doctorText('a', [whole]), /No broken link was found\. Steps that are not known/);
  assert.match(doctorText('a', [{ steps: [{ link: 'file', state: 'ok', message: 'Yes.' }] }]), /Every link holds/);
});

const side = (name: string, ...recipients: readonly string[]): ComparedSide => ({
  name,
  recipients: recipients.map((key) => ({ type: 'age', name: key, nickname: key === 'age1b' ? 'Bob' : undefined })),
  isVerified: true,
});

test('a comparison is masked, and tells what lost its encryption and who came and went', () => {
  const text = compareText({
    file: 'db.yaml',
    from: side('1234abcd of 2026-01-31', 'age1a', 'age1b'),
    to: side('the working file', 'age1a', 'age1c'),
    differences: [
      {
        at: { document: 0, steps: ['stringData', 'a|b'] },
        change: 'changed',
        before: { type: 'str', isEncrypted: true },
        after: { type: 'int', isEncrypted: true },
      },
      {
        at: { document: 1, steps: ['x'] },
        change: 'added',
        before: undefined,
        after: { type: 'str', isEncrypted: false },
      },
      {
        at: { document: 0, steps: ['token'] },
        change: 'same',
        before: { type: 'str', isEncrypted: true },
        after: { type: 'str', isEncrypted: false },
      },
      {
        at: { document: 0, steps: ['kind'] },
        change: 'same',
        before: { type: 'str', isEncrypted: false },
        after: { type: 'str', isEncrypted: false },
      },
    ],
  });
  assert.equal(
    text,
    `# db.yaml

From 1234abcd of 2026-01-31 to the working file.

3 differ, 1 are the same. Values are hidden.

| Key | Change | Before | After |
| --- | --- | --- | --- |
| stringData.a\\|b | changed | encrypted (str) | encrypted (int) |
| x (document 2) | added |  | in clear (str) |
| token | now in clear | encrypted (str) | in clear (str) |

## Recipients

- added: age age1c
- removed: Bob, age age1b
`,
  );
});

test('a comparison of equal revisions says so, and that a checksum is wrong', () => {
  const to = { ...side('the working file', 'age1a'), isVerified: false };
  assert.equal(
    compareText({ file: 'a.json', from: side('v1', 'age1a'), to, differences: [] }),
    `# a.json

From v1 to the working file.

The checksum of the working file is wrong: it may not hold what was encrypted.

No value differs; 0 are the same.
`,
  );
});

test('the revisions of a file are told apart, and none of their texts makes an icon', () => {
  const commit = 'a'.repeat(40);
  const [first, last] = revisionItems([
    { commit, path: 'apps/db.yaml', date: '2026-01-31T12:00:00+01:00', author: 'Ada $(x)', subject: '$(trash) new' },
  ]);
  assert.equal(first?.label, '$(git-commit) $ (trash) new');
  assert.equal(first.detail, 'Ada $ (x) · 2026-01-31');
  assert.deepEqual(first.revision, {
    ...{ kind: 'commit', key: commit, name: 'aaaaaaaa of 2026-01-31', revision: commit, path: 'apps/db.yaml' },
  });
  assert.equal(last?.revision.kind, 'named');
});

const value = 'a: ENC[AES256_GCM,data:x]';
const looks: readonly (readonly [string, boolean])[] = [
  [`${value}\nsops:\n  mac: x\n`, true],
  [`{"a": "ENC[AES256_GCM,data:x]",\n\t"sops": {}}`, true],
  ['A=ENC[AES256_GCM,data:x]\nsops_mac=ENC[AES256_GCM,x]\n', true],
  ['[a]\nb = ENC[AES256_GCM,data:x]\n[sops]\n', true],
  [value, false],
  ['sops:\n  age: []\n', false],
  ['', false],
];

test('encrypted files are told by their text', () => {
  for (const [text, is] of looks) assert.equal(isEncryptedText(text), is, text);
});

const desktop = { isBrowser: false, isRemote: false, platform: 'linux', environment: {} } as const;
const keyrings: readonly (readonly [string, WindowFacts, RegExp])[] = [
  [
    'a browser',
    { ...desktop, isBrowser: true, platform: 'darwin' },
    /^This editor runs in a browser and has no keyring/,
  ],
  ['Linux without a session bus', desktop, /^This session has no keyring/],
  [
    'Linux with one',
    { ...desktop, environment: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus' } },
    /^The editor keeps/,
  ],
  // The variables are those of the machine the extension runs on.
  ['a remote machine', { ...desktop, isRemote: true }, /^The editor keeps it in the keyring/],
  ['macOS', { ...desktop, platform: 'darwin' }, /^The editor keeps it in the keyring/],
];

for (const [where, facts, expected] of keyrings) {
  test(`what is said of the keyring: ${where}`, () => assert.match(keyringNote(facts), expected));
}

test('who is no recipient any more is named, with the keys of all values that they may know', async () => {
  const { key } = await makeAgeKey();
  const plain = 'kind: Secret\nstringData:\n  a: MARKER\n  empty: ""\n  list:\n    - MARKER\n';
  const selection = { by: 'encrypted_regex', text: '^stringData$', isWritten: true } as const;
  const file = await encrypted(plain, 'yaml', { groups: [[key]], threshold: 0, selection });
  const other = (await makeAgeKey()).key;
  const updated = await updateKeys(file, { groups: [[other]], threshold: 0 }, undefined);
  assert.ok(updated.ok);
  assert.deepEqual(updated.value.removed, [key]);
  assert.deepEqual(updated.value.file.dataKey, file.dataKey, 'updating keys keeps the data key');
  const { removed } = updated.value;
  const known = [{ type: 'age', name: key.name, nickname: 'Bob' }] as const;
  const text = removedText(removed, known, new EditedSecret(updated.value.file).rows());
  assert.match(
    text,
    /^Bob had the data key, which stays the same until it is rotated.*\n\nstringData\.a\nstringData\.list\.0$/,
  );
  assert.match(removedText(removed, [], []), new RegExp(`^${key.name} had`));
});
