import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwrapWithIdentities, wrapForRecipient } from '../../../client/secrets/age/wrap-key';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { bridgeConfig } from '../../../client/secrets/program/bridge-config';
import { type ProgramRequest, type ProgramResult } from '../../../client/secrets/program/program';
import { runProgram } from '../../../client/secrets/program/run-program';
import { SopsProgram } from '../../../client/secrets/program/sops-program';
import { encrypted, makeAgeKey, must, worldOf } from './keys';
import { UserKeyring } from '../../../client/secrets/keys/user-keyring';
import { type KeyName } from '../../../client/secrets/data-key/key-name';

interface BridgeFile {
  readonly sops: { age?: { enc: string; recipient: string }[]; pgp?: unknown[]; lastmodified: string };
}

/** What stands in for sops: it knows one age key, takes it for the user's OpenPGP key, and does what `updatekeys` does. */
function standIn(identity: string, seen: ProgramRequest[], folders: string[]) {
  return async (request: ProgramRequest): Promise<ProgramResult> => {
    seen.push(request);
    const folder = request.directory ?? '';
    folders.push(folder);
    assert.equal(statSync(folder).mode & 0o077, 0, 'only the user may read the folder');
    assert.deepEqual(readdirSync(folder).sort(), ['.sops.yaml', 'keys.json']);
    const path = join(folder, 'keys.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as BridgeFile;
    const config = JSON.parse(readFileSync(join(folder, '.sops.yaml'), 'utf8')) as {
      creation_rules: { key_groups: { age: string[] }[] }[];
    };
    const own = request.environment?.['SOPS_AGE_KEY'];
    const identities = own === undefined ? [identity] : [identity, own];
    const dataKey = await unwrapWithIdentities(file.sops.age?.[0]?.enc ?? '', identities);
    if (dataKey === undefined) return { kind: 'failed', exitCode: 128 };
    const [recipient = ''] = config.creation_rules[0]?.key_groups[0]?.age ?? [];
    const enc = must(await wrapForRecipient(dataKey, recipient));
    writeFileSync(path, JSON.stringify({ data: '', sops: { ...file.sops, age: [{ enc, recipient }] } }));
    return { kind: 'done', output: new Uint8Array() };
  };
}

test('the data key of a foreign key comes through sops; no value and no key in clear goes there', async () => {
  const { identity, key } = await makeAgeKey();
  const file = await encrypted('a: secret-value\n', 'yaml', { groups: [[key]], threshold: 0 });
  // The file as if for OpenPGP: what opens it is not among the user's own age keys.
  const text = file.file.text.replace(
    /^ {4}age:$/m,
    '    pgp:\n        - created_at: "2026-01-01T00:00:00Z"\n          enc: x\n          fp: ABCD\n    age:',
  );
  const seen: ProgramRequest[] = [];
  const folders: string[] = [];
  const bridge = new SopsProgram(standIn(identity, seen, folders));
  must(await openEncrypted(text, 'yaml', { keyring: new UserKeyring(worldOf(), undefined), bridge }));
  assert.deepEqual(
    seen.map(({ command }) => command),
    [['sops', '--config', '.sops.yaml', 'updatekeys', '--yes', 'keys.json']],
  );
  assert.ok(
    folders.every((folder) => !existsSync(folder)),
    'the folder is gone',
  );
});

test('without trust nothing is run, and the refusal says so', async () => {
  const { key } = await makeAgeKey();
  const file = await encrypted('a: b\n', 'yaml', { groups: [[key]], threshold: 0 });
  const text = file.file.text.replace(
    /^ {4}age:$/m,
    '    pgp:\n        - created_at: "2026-01-01T00:00:00Z"\n          enc: x\n          fp: ABCD\n    age:',
  );
  const opened = await openEncrypted(text, 'yaml', {
    keyring: new UserKeyring(worldOf(), undefined),
    bridge: undefined,
  });
  assert.ok(!opened.ok && opened.fault.kind === 'no-key');
  assert.ok(opened.fault.attempts.some(({ place }) => place === 'the sops program'));
});

test('a program that is missing or fails is a refusal', async () => {
  for (const result of [
    { kind: 'missing' },
    { kind: 'failed', exitCode: 1 },
    { kind: 'stopped' },
    { kind: 'done', output: new Uint8Array() },
  ] as const) {
    const key = await new SopsProgram(() => Promise.resolve(result)).unwrap(new Map([['pgp', []]]));
    assert.ok(!key.ok && key.fault.kind === 'program', result.kind);
  }
});

test('keys of every service are written as .sops.yaml wants them', () => {
  const names: KeyName[] = [
    { type: 'age', name: 'age1x' },
    { type: 'pgp', name: 'ABCD' },
    { type: 'kms', name: 'arn:aws:kms:eu:1:key/a+arn:aws:iam::1:role/b|env:prod' },
    { type: 'gcp_kms', name: 'projects/p' },
    { type: 'hckms', name: 'eu:1' },
    { type: 'azure_kv', name: 'https://v.vault.azure.net/keys/n/7' },
    { type: 'hc_vault', name: 'https://w/v1/sops/keys/k' },
  ];
  assert.deepEqual(JSON.parse(bridgeConfig({ groups: [names], threshold: 0 }) ?? ''), {
    creation_rules: [
      {
        key_groups: [
          {
            age: ['age1x'],
            pgp: ['ABCD'],
            kms: [{ arn: 'arn:aws:kms:eu:1:key/a', role: 'arn:aws:iam::1:role/b', context: { env: 'prod' } }],
            gcp_kms: [{ resource_id: 'projects/p' }],
            hckms: [{ key_id: 'eu:1' }],
            azure_keyvault: [{ vaultUrl: 'https://v.vault.azure.net', key: 'n', version: '7' }],
            hc_vault: ['https://w/v1/sops/keys/k'],
          },
        ],
      },
    ],
  });
  assert.equal(bridgeConfig({ groups: [[{ type: 'azure_kv', name: 'x' }]], threshold: 0 }), undefined);
});

test('programs are run without a shell, and what they complain about is dropped', async () => {
  const node = process.execPath;
  const echo = await runProgram({
    command: [node, '-e', 'process.stdin.pipe(process.stdout)'],
    input: Buffer.from('in; $HOME'),
  });
  assert.ok(echo.kind === 'done');
  assert.equal(Buffer.from(echo.output).toString(), 'in; $HOME');
  const failing = await runProgram({ command: [node, '-e', 'console.error("AGE-SECRET-KEY-1"); process.exit(3)'] });
  assert.deepEqual(failing, { kind: 'failed', exitCode: 3 });
  assert.deepEqual(await runProgram({ command: ['/nowhere/at/all'] }), { kind: 'missing' });
});
