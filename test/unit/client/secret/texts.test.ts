import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DecryptionPath } from '../../../../server/protocol/decryption';
import { compareText } from '../../../../client/views/secret/compare-text';
import { doctorText } from '../../../../client/views/secret/doctor-text';
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

test('a comparison is masked', () => {
  const text = compareText('db.yaml', 'HEAD', [
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
    { at: { document: 0, steps: ['kind'] }, change: 'same', before: undefined, after: undefined },
  ]);
  assert.equal(
    text,
    `# db.yaml against HEAD

2 differ, 1 are the same. Values are hidden.

| Key | Change | Before | After |
| --- | --- | --- | --- |
| stringData.a\\|b | changed | encrypted (str) | encrypted (int) |
| x (document 2) | added |  | in clear (str) |
`,
  );
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
