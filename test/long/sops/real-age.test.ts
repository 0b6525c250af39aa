import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSshPrivateKey } from '../../../client/secrets/age/ssh-private-key';
import { unwrapWithIdentities, wrapForRecipient } from '../../../client/secrets/age/wrap-key';
import { makeEd25519, makeRsa, type SshKey } from '../../unit/secrets/ssh-keys';
import { must } from '../../unit/secrets/keys';
import { findTool } from './real-sops';

const age = findTool('AGE', 'age', /^v1\.3\./);
const runs = Number(process.env['AGE_RUNS'] ?? 25);

const lockedForms = [
  ['ed25519', [], 'aes256-ctr'],
  ['ed25519', ['-a', '40'], 'aes256-gcm@openssh.com'],
  ['rsa', ['-b', '2048'], 'aes256-ctr'],
  ['rsa', ['-b', '2048'], 'aes128-cbc'],
] as const;

/** What age prints for an input. */
function runAge(tool: string, args: readonly string[], input: Uint8Array | string): Buffer {
  const { status, stdout, stderr } = spawnSync(tool, args, { input });
  assert.equal(status, 0, stderr.toString('utf8'));
  return stdout;
}

if (age === undefined) {
  console.log('skipped: AGE names no age 1.3');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-age-'));
  const keep = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o600);
    return path;
  };
  test.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const both = async (
    recipient: string,
    file: string,
    identity: Parameters<typeof unwrapWithIdentities>[1][number],
  ): Promise<void> => {
    const dataKey = randomBytes(32);
    const ours = must(await wrapForRecipient(dataKey, recipient));
    assert.deepEqual(runAge(age, ['--decrypt', '--identity', file], ours), dataKey);
    const theirs = runAge(age, ['--encrypt', '--armor', '--recipient', recipient], dataKey).toString('utf8');
    assert.deepEqual(Buffer.from((await unwrapWithIdentities(theirs, [identity])) ?? []), dataKey);
  };

  for (const [name, make, count] of [
    ['Ed25519', makeEd25519, runs],
    ['RSA', makeRsa, 4],
  ] as const) {
    test(`${count} SSH ${name} keys between age and us, in both file formats`, async () => {
      for (let round = 0; round < count; round++) {
        const key: SshKey = make();
        for (const text of [key.openSsh, key.pem]) {
          const reading = readSshPrivateKey(text);
          assert.ok(reading.kind === 'identity');
          await both(key.publicKey, keep(`${name}-${round}`, text), reading.identity);
        }
      }
    });
  }

  const keygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
  if (!keygen) console.log('skipped: there is no ssh-keygen for keys with a passphrase');
  for (const [type, options, cipher] of keygen ? lockedForms : []) {
    test(`an SSH ${type} key that ssh-keygen put behind a passphrase with ${cipher} opens what age wrote`, async () => {
      const path = join(folder, `${type}-${cipher}`);
      const args = ['-q', '-t', type, ...options, '-N', 'open sesame', '-Z', cipher, '-f', path];
      assert.equal(spawnSync('ssh-keygen', args).status, 0);
      const file = readFileSync(path, 'latin1');
      const recipient = readFileSync(`${path}.pub`, 'utf8').trim();
      const locked = readSshPrivateKey(file);
      assert.ok(locked.kind === 'locked' && locked.publicKey === recipient.split(' ')[1]);
      assert.equal(readSshPrivateKey(file, 'wrong').kind, 'locked');
      const reading = readSshPrivateKey(file, 'open sesame');
      assert.ok(reading.kind === 'identity');
      const dataKey = randomBytes(32);
      const theirs = runAge(age, ['--encrypt', '--armor', '--recipient', recipient], dataKey).toString('utf8');
      assert.deepEqual(Buffer.from((await unwrapWithIdentities(theirs, [reading.identity])) ?? []), dataKey);
      // age asks for passphrases on a terminal alone, so its own look at the key is one without.
      assert.equal(spawnSync('ssh-keygen', ['-p', '-q', '-P', 'open sesame', '-N', '', '-f', path]).status, 0);
      await both(recipient, path, reading.identity);
    });
  }

  test(`${runs} X25519 and hybrid keys between age and us`, async () => {
    for (let round = 0; round < runs; round++) {
      for (const identity of [await generateX25519Identity(), await generateHybridIdentity()]) {
        await both(await identityToRecipient(identity), keep(`native-${round}`, `${identity}\n`), identity);
      }
    }
  });
}
