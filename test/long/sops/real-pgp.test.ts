import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type KeyAccess } from '../../../client/secrets/data-key/keyring';
import { UserKeyring } from '../../../client/secrets/keys/user-keyring';
import { encryptFile } from '../../../client/secrets/operations/encrypt';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { rotateDataKey } from '../../../client/secrets/operations/rotate';
import { saveChanges } from '../../../client/secrets/operations/save';
import { updateKeys } from '../../../client/secrets/operations/update-keys';
import { runProgram } from '../../../client/secrets/program/run-program';
import { SopsProgram } from '../../../client/secrets/program/sops-program';
import { textValue } from '../../../client/secrets/values/plain-value';
import { storeFormatOf } from '../../../server/sops/store-format';
import { makeAgeKey, must, now, worldOf } from '../../unit/secrets/keys';
import { onlyMeantDiffers } from './changes';
import { findTool, run } from './real-sops';

const sops = findTool('SOPS', 'sops', /sops 3\.1[34]\./);
const hasGpg = spawnSync('gpg', ['--version']).status === 0;

if (sops === undefined || !hasGpg) {
  console.log(`skipped: ${sops === undefined ? 'SOPS names no sops 3.13' : 'there is no gpg'}. OpenPGP was not tried.`);
} else {
  const home = mkdtempSync(join(tmpdir(), 'fx-pgp-'));
  chmodSync(home, 0o700);
  const env = { HOME: home, GNUPGHOME: home, PATH: process.env['PATH'] ?? '', SOPS_DISABLE_VERSION_CHECK: '1' };
  const gpg = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('gpg', ['--batch', '--no-tty', ...args], { env, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const makeKey = (name: string): string => {
    const who = `${name} <${name}@example.invalid>`;
    gpg('--passphrase', '', '--quick-generate-key', who, 'rsa2048', 'encrypt,sign', 'never');
    return /^fpr:+([0-9A-F]{40}):/m.exec(gpg('--with-colons', '--list-keys', who))?.[1] ?? '';
  };
  test.after(() => {
    spawnSync('gpgconf', ['--kill', 'all'], { env });
    rmSync(home, { recursive: true, force: true });
  });
  // Our own keys open nothing: all goes through the program.
  const access: KeyAccess = {
    keyring: new UserKeyring(worldOf(), undefined),
    bridge: new SopsProgram(
      (request) => runProgram({ ...request, environment: { ...request.environment, ...env } }),
      sops,
    ),
  };
  const place = (name: string, text: string): string => {
    const path = join(home, name);
    writeFileSync(path, text);
    return path;
  };
  const decrypt = async (name: string, text: string): Promise<string> => {
    const { status, stdout, stderr } = await run(sops, ['decrypt', place(name, text)], env);
    assert.equal(status, 0, stderr);
    return stdout.toString('utf8');
  };
  const plain = {
    'a.yaml': 'a: old words\nb:\n    # a note\n    - x\n',
    'a.json': '{\n\t"a": "old words",\n\t"b": [\n\t\t"x"\n\t]\n}\n',
    'a.env': 'a=old words\nb=two\n',
  } as const;
  const fingerprint = makeKey('one');
  const other = makeKey('two');

  for (const [name, content] of Object.entries(plain)) {
    const format = storeFormatOf(name);

    test(`${name}: what sops encrypts for an OpenPGP key is opened, edited and saved, and sops verifies it`, async () => {
      const path = place(`theirs-${name}`, content);
      const made = await run(sops, ['encrypt', '--in-place', '--pgp', fingerprint, path], env);
      assert.equal(made.status, 0, made.stderr);
      const opened = must(await openEncrypted(readFileSync(path, 'utf8'), format, access));
      const change = { kind: 'set', at: { document: 0, steps: ['a'] }, value: textValue('new words') } as const;
      const saved = must(saveChanges(opened, [change], now));
      assert.equal(onlyMeantDiffers(opened, saved, [change]), undefined);
      assert.equal(await decrypt(`saved-${name}`, saved.file.text), content.replace('old', 'new'));
    });

    test(`${name}: sops reads what we encrypt, update and rotate for OpenPGP keys`, async () => {
      const { key } = await makeAgeKey();
      const one = { type: 'pgp', name: fingerprint } as const;
      const groups = { groups: [[one]], threshold: 0 };
      const made = must(await encryptFile(content, format, groups, access.bridge, now));
      assert.equal(await decrypt(`ours-${name}`, made.file.text), content);
      const wanted = { groups: [[key, { type: 'pgp', name: other }]], threshold: 0 } as const;
      const updated = must(await updateKeys(made, wanted, access.bridge)).file;
      assert.equal(await decrypt(`updated-${name}`, updated.file.text), content);
      const rotated = must(await rotateDataKey(updated, wanted, access.bridge, now));
      assert.equal(await decrypt(`rotated-${name}`, rotated.file.text), content);
      must(await openEncrypted(rotated.file.text, format, access));
    });
  }

  test('where no program may be run, OpenPGP keys are refused with the reason', async () => {
    const path = place('untrusted.yaml', plain['a.yaml']);
    assert.equal((await run(sops, ['encrypt', '--in-place', '--pgp', fingerprint, path], env)).status, 0);
    const opened = await openEncrypted(readFileSync(path, 'utf8'), 'yaml', { ...access, bridge: undefined });
    assert.ok(!opened.ok && (opened.fault.kind === 'no-key' || opened.fault.kind === 'program'));
  });
}
