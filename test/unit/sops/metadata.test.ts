import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonValue } from '../../../server/model/json';
import { flatten, unflatten } from '../../../server/sops/flatten';
import { masterKeyName } from '../../../server/sops/master-key';
import { readMetadata } from '../../../server/sops/metadata';
import { parseDocument } from '../../../server/yaml/parse';
import { valueOf } from '../../../server/yaml/scalar';

const mac = 'ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]';

function read(text: string): ReturnType<typeof readMetadata> {
  const document = parseDocument(text);
  return readMetadata(valueOf(document, document.root));
}

const head = `lastmodified: "2026-03-01T10:00:00Z"\nmac: ${mac}\nversion: 3.13.3\n`;
const faultsOf = (text: string): string[] => read(text).faults.map(({ kind, path }) => [kind, ...path].join(' '));

test('a stanza of 3.7, which lists services it does not use, has one group', () => {
  const { metadata, faults } = read(
    `kms: []\ngcp_kms: []\nazure_kv: []\nhc_vault: []\nage:\n  - recipient: age1x\n    enc: |\n      text\npgp: []\n${head}encrypted_regex: ^data$\n`,
  );
  assert.deepEqual(faults, []);
  assert.deepEqual(
    metadata.keyGroups.map((group) => group.map(masterKeyName)),
    [['age1x']],
  );
  assert.deepEqual(metadata.selection, { by: 'encrypted_regex', text: '^data$', isWritten: true });
  assert.equal(metadata.lastModified, '2026-03-01T10:00:00Z');
});

test('keys of every service are read, named as SOPS names them', () => {
  const time = 'created_at: "2026-03-01T10:00:00Z"';
  const { metadata, faults } = read(`
shamir_threshold: 2
key_groups:
  - kms: [{ arn: "arn:a", role: r, context: { b: "2", a: "1" }, aws_profile: "", ${time}, enc: x }]
    gcp_kms: [{ resource_id: projects/p, ${time}, enc: x }]
    hckms: [{ key_id: "eu:1", ${time}, enc: x }]
  - azure_kv: [{ vault_url: "https://v", name: n, version: "7", ${time}, enc: x }]
    hc_vault: [{ vault_address: "https://w", engine_path: sops, key_name: k, ${time}, enc: x }]
    pgp: [{ fp: ABCD, ${time}, enc: x }]
    age: [{ recipient: age1x, enc: x }]
mac_only_encrypted: true
${head}`);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    metadata.keyGroups.map((group) => group.map(masterKeyName)),
    [
      ['arn:a+r|a:1,b:2', 'projects/p', 'eu:1'],
      ['https://v/keys/n/7', 'https://w/v1/sops/keys/k', 'ABCD', 'age1x'],
    ],
  );
  assert.equal(metadata.shamirThreshold, 2);
  assert.equal(metadata.isMacOnlyEncrypted, true);
});

test('what is missing or wrong is a fault at its place', () => {
  assert.deepEqual(faultsOf('a: 1'), ['missing', 'missing', 'missing', 'no-keys']);
  const age = 'age: [{ recipient: age1x, enc: x }]\n';
  assert.deepEqual(faultsOf(age + head), []);
  assert.deepEqual(faultsOf('[]'), ['not-a-map', 'missing', 'missing', 'missing', 'no-keys']);
  assert.deepEqual(faultsOf(`age: [{ recipient: age1x }]\n${head}`), ['missing age 0']);
  assert.deepEqual(faultsOf(`age: [1]\n${head}`)[0], 'wrong-type age 0');
  assert.deepEqual(faultsOf(`age: 7\n${head}`), ['wrong-type age', 'no-keys']);
  assert.deepEqual(faultsOf(`${age}${head}encrypted_regex: a\nencrypted_suffix: b`), [
    'several-selections encrypted_regex',
  ]);
  assert.deepEqual(faultsOf(`${age}${head}shamir_threshold: lots`), ['wrong-type shamir_threshold']);
  assert.deepEqual(faultsOf(age + head.replace('-03-01', '-02-30')), ['bad-time lastmodified']);
  assert.deepEqual(faultsOf(age + head.replace('3.13.3', '"3.13"')), ['bad-version version']);
  assert.deepEqual(faultsOf(age + head.replace('iv:', 'vi:')), ['bad-mac mac']);
  assert.deepEqual(faultsOf(`pgp: [{ fp: A, enc: x }]\n${head}`), ['bad-time pgp 0 created_at']);
  const groups = `key_groups: [{ ${age.trim()} }, { ${age.trim()} }]\n${head}`;
  assert.deepEqual(faultsOf(`${groups}shamir_threshold: 3`), ['threshold-too-high shamir_threshold']);
});

test('keys beside the other fields hide key_groups', () => {
  const { metadata } = read(
    `age: [{ recipient: age1x, enc: x }]\nkey_groups: [{ age: [{ recipient: age1y, enc: x }] }]\n${head}`,
  );
  assert.deepEqual(metadata.keyGroups.flat().map(masterKeyName), ['age1x']);
});

test('a stanza of a hundred thousand keys ends the reading', () => {
  const keys = Array.from({ length: 100_000 }, (): JsonValue => new Map([['recipient', 'age1x']]));
  const { metadata, faults } = readMetadata(new Map([['age', keys]]));
  assert.ok(metadata.keyGroups.flat().length < 3000);
  assert.ok(faults.some(({ kind }) => kind === 'too-large'));
});

const flat: readonly (readonly [string, string])[] = [
  ['age__list_0__map_enc', '-----BEGIN'],
  ['age__list_0__map_recipient', 'age1x'],
  ['age__list_1__map_enc', '-----BEGIN'],
  ['age__list_1__map_recipient', 'age1y'],
  ['lastmodified', '2026-03-01T10:00:00Z'],
  ['mac', mac],
  ['mac_only_encrypted', 'true'],
  ['version', '3.13.3'],
];

test('flattened entries of dotenv and INI are the same stanza', () => {
  const whole = unflatten(flat);
  assert.ok(whole.kind === 'stanza');
  assert.deepEqual(flatten(whole.stanza), flat);
  const { metadata, faults } = readMetadata(whole.stanza);
  assert.deepEqual(faults, []);
  assert.deepEqual(metadata.keyGroups.flat().map(masterKeyName), ['age1x', 'age1y']);
  assert.equal(metadata.isMacOnlyEncrypted, true);
});

test('flattened entries that do not fit each other are told', () => {
  const misfits: readonly (readonly [string, string])[][] = [
    [
      ['mac', 'a'],
      ['mac', 'b'],
    ],
    [
      ['age', 'a'],
      ['age__list_0__map_enc', 'b'],
    ],
    [['age__list_1__map_enc', 'b']],
    [['a'.concat('__map_a'.repeat(100_000)), 'deep']],
    [['age__list_999999999999', 'far']],
  ];
  for (const entries of misfits) assert.equal(unflatten(entries).kind, 'misfit', entries[0]?.[0].slice(0, 40));
});
