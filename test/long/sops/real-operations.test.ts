import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { encryptFile } from '../../../client/secrets/operations/encrypt';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { rotateDataKey } from '../../../client/secrets/operations/rotate';
import { updateKeys } from '../../../client/secrets/operations/update-keys';
import { type ProgramRunner } from '../../../client/secrets/program/program';
import { runProgram } from '../../../client/secrets/program/run-program';
import { SopsProgram } from '../../../client/secrets/program/sops-program';
import { storeFormatOf } from '../../../server/sops/store-format';
import { accessOf, makeAgeKey, must, now } from '../../unit/secrets/keys';
import { findTool, run } from './real-sops';

const sops = findTool('SOPS', 'sops', /sops 3\.1[34]\./);

if (sops === undefined) {
  console.log('skipped: SOPS names no sops 3.13');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-operations-'));
  test.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const env = (identity: string): Record<string, string> => ({
    HOME: folder,
    SOPS_AGE_KEY: identity,
    SOPS_DISABLE_VERSION_CHECK: '1',
  });
  const decrypt = async (text: string, name: string, identity: string): Promise<string | undefined> => {
    const path = join(folder, name);
    writeFileSync(path, text);
    const { status, stdout } = await run(sops, ['decrypt', path], env(identity));
    return status === 0 ? stdout.toString('utf8') : undefined;
  };
  const plain = {
    'a.yaml': 'a: 1\nb:\n    - x\n    - "y"\n',
    'a.json': '{\n\t"a": 1,\n\t"b": [\n\t\t"x"\n\t]\n}\n',
    'a.env': 'A=1\nB=two\n',
    'a.ini': '[one]\nA = 1\n\n[two]\nB = x\n',
    'a.bin': 'any bytes\n',
  } as const;

  for (const [name, content] of Object.entries(plain)) {
    test(`${name}: sops reads what we rotate and what we encrypt for other keys`, async () => {
      const [one, two] = [await makeAgeKey(), await makeAgeKey()];
      const format = storeFormatOf(name);
      const made = must(await encryptFile(content, format, { groups: [[one.key]], threshold: 0 }, undefined, now));
      assert.equal(await decrypt(made.file.text, name, one.identity), content);
      const both = { groups: [[one.key], [two.key]], threshold: 2 };
      const updated = must(await updateKeys(made, both, undefined)).file;
      assert.equal(await decrypt(updated.file.text, name, `${one.identity}\n${two.identity}`), content);
      assert.equal(await decrypt(updated.file.text, name, one.identity), undefined);
      const rotated = must(await rotateDataKey(updated, { groups: [[two.key]], threshold: 0 }, undefined, now));
      assert.equal(await decrypt(rotated.file.text, name, two.identity), content);
      assert.equal(await decrypt(rotated.file.text, name, one.identity), undefined);
    });

    test(`${name}: we read what sops rotates and updates`, async () => {
      const [one, two] = [await makeAgeKey(), await makeAgeKey()];
      const path = join(folder, `theirs-${name}`);
      writeFileSync(path, content);
      const age = ['encrypt', '--in-place', '--age', one.key.name, path];
      assert.equal((await run(sops, age, env(one.identity))).status, 0);
      const rotate = ['rotate', '--in-place', '--add-age', two.key.name, '--rm-age', one.key.name, path];
      assert.equal((await run(sops, rotate, env(one.identity))).status, 0);
      must(await openEncrypted(readFileSync(path, 'utf8'), storeFormatOf(name), accessOf(two.identity)));
      writeFileSync(join(folder, '.sops.yaml'), JSON.stringify({ creation_rules: [{ age: one.key.name }] }));
      assert.equal(
        (await run(sops, ['--config', join(folder, '.sops.yaml'), 'updatekeys', '--yes', path], env(two.identity)))
          .status,
        0,
      );
      must(await openEncrypted(readFileSync(path, 'utf8'), storeFormatOf(name), accessOf(one.identity)));
    });
  }

  test('the bridge: sops gives a data key that only it can open, and encrypts ours for its keys', async () => {
    const [theirs, other] = [await makeAgeKey(), await makeAgeKey()];
    // Our own keyring has no key: all goes through the program, as for OpenPGP and cloud services.
    const runner: ProgramRunner = (request) => {
      const environment = request.environment?.['SOPS_AGE_KEY'];
      const identities = environment === undefined ? theirs.identity : environment;
      return runProgram({ ...request, environment: { ...request.environment, ...env(identities) } });
    };
    const bridge = new SopsProgram(runner, sops);
    const made = must(await encryptFile('a: 1\n', 'yaml', { groups: [[theirs.key]], threshold: 0 }, undefined, now));
    const dataKey = must(await bridge.unwrap(made.stanza));
    assert.deepEqual(Buffer.from(dataKey), Buffer.from(made.dataKey));
    for (const wanted of [
      { groups: [[other.key]], threshold: 0 },
      { groups: [[other.key], [theirs.key]], threshold: 2 },
    ]) {
      const fields = must(await bridge.wrap(dataKey, wanted));
      const stanza = new Map([...made.stanza].filter(([field]) => field !== 'age'));
      for (const [field, value] of fields) stanza.set(field, value);
      const again: Uint8Array = must(
        await new SopsProgram(
          (request) =>
            runProgram({
              ...request,
              environment: { ...request.environment, ...env(`${other.identity}\n${theirs.identity}`) },
            }),
          sops,
        ).unwrap(stanza),
      );
      assert.deepEqual(Buffer.from(again), Buffer.from(dataKey));
    }
  });
}
