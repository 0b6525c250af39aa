import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

  test(`${runs} X25519 and hybrid keys between age and us`, async () => {
    for (let round = 0; round < runs; round++) {
      for (const identity of [await generateX25519Identity(), await generateHybridIdentity()]) {
        await both(await identityToRecipient(identity), keep(`native-${round}`, `${identity}\n`), identity);
      }
    }
  });
}
