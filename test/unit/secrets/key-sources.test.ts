import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultKeyFile } from '../../../client/secrets/keys/key-sources';
import { type KeyWorld } from '../../../client/secrets/keys/key-world';
import { type StoredKey, StoredKeys } from '../../../client/secrets/keys/stored-keys';
import { UserKeyring } from '../../../client/secrets/keys/user-keyring';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { splitCommandLine } from '../../../client/secrets/program/command-line';
import { type ProgramRequest } from '../../../client/secrets/program/program';
import { describeFault } from '../../../client/secrets/describe-fault';
import { encrypted, locked, makeAgeKey, worldOf } from './keys';
import { makeEd25519 } from './ssh-keys';

const filesOf =
  (files: Readonly<Record<string, string>>): KeyWorld['readFile'] =>
  (path) =>
    Promise.resolve(files[path]);

async function opens(world: KeyWorld, text: string, stored?: StoredKeys): Promise<string> {
  const opened = await openEncrypted(text, 'yaml', { keyring: new UserKeyring(world, stored), bridge: undefined });
  return opened.ok ? 'opens' : describeFault(opened.fault);
}

test('the default file of each platform', () => {
  const at = (
    platform: NodeJS.Platform,
    environment: KeyWorld['environment'],
    homeDirectory = '/home/a',
  ): string | undefined => defaultKeyFile(worldOf({ platform, environment, homeDirectory }));
  assert.equal(at('linux', {}), '/home/a/.config/sops/age/keys.txt');
  assert.equal(at('linux', { XDG_CONFIG_HOME: '/x' }), '/x/sops/age/keys.txt');
  assert.equal(at('darwin', {}, '/Users/a'), '/Users/a/Library/Application Support/sops/age/keys.txt');
  assert.equal(at('darwin', { XDG_CONFIG_HOME: '/x' }), '/x/sops/age/keys.txt');
  assert.equal(
    at('win32', { APPDATA: 'C:\\Users\\a\\AppData\\Roaming' }),
    'C:\\Users\\a\\AppData\\Roaming\\sops\\age\\keys.txt',
  );
  assert.equal(at('win32', {}), undefined);
});

test('keys are found in variables, files and SSH keys', async () => {
  const { identity, key } = await makeAgeKey();
  const ssh = makeEd25519();
  const groups = [[key, { type: 'age', name: ssh.publicKey } as const]];
  const { text } = (await encrypted('a: b\n', 'yaml', { groups, threshold: 0 })).file;
  const worlds: Partial<KeyWorld>[] = [
    { environment: { SOPS_AGE_KEY: `# mine\n${identity}` } },
    { environment: { SOPS_AGE_KEY_FILE: '/k' }, readFile: filesOf({ '/k': `${identity}\n` }) },
    { readFile: filesOf({ '/home/someone/.config/sops/age/keys.txt': identity }) },
    { environment: { SOPS_AGE_SSH_PRIVATE_KEY_FILE: '/s' }, readFile: filesOf({ '/s': ssh.openSsh }) },
    { readFile: filesOf({ '/home/someone/.ssh/id_ed25519': ssh.openSsh }) },
  ];
  for (const world of worlds)
    assert.equal(await opens(worldOf(world), text), 'opens', JSON.stringify(world.environment));
});

test('a refusal names every place that was tried, and no key', async () => {
  const { key } = await makeAgeKey();
  const other = await makeAgeKey();
  const { text } = (await encrypted('a: b\n', 'yaml', { groups: [[key]], threshold: 0 })).file;
  const readFile = filesOf({ '/k': `${other.identity}\nAGE-PLUGIN-YUBIKEY-1QQ\n` });
  const said = await opens(
    worldOf({ environment: { SOPS_AGE_KEY_FILE: '/k', SOPS_AGE_KEY_CMD: 'pass show' }, readFile }),
    text,
  );
  assert.match(said, /SOPS_AGE_KEY \(not set\)/);
  assert.match(
    said,
    /SOPS_AGE_KEY_FILE \(\/k\) \(its key does not fit; identities of plug-ins need the sops program\)/,
  );
  assert.match(said, /keys\.txt \(no such file\)/);
  assert.match(said, /SOPS_AGE_KEY_CMD \(not run, since this workspace is not trusted\)/);
  assert.doesNotMatch(said, /AGE-/);
});

test('a command is run without a shell, once a recipient, and told the recipient', async () => {
  const { identity, key } = await makeAgeKey();
  const { text } = (await encrypted('a: b\n', 'yaml', { groups: [[key]], threshold: 0 })).file;
  const asked: ProgramRequest[] = [];
  const world = worldOf({
    environment: { SOPS_AGE_KEY_CMD: "pass show 'my key'" },
    runProgram: (request) => {
      asked.push(request);
      return Promise.resolve({ kind: 'done', output: Buffer.from(`${identity}\n`) });
    },
  });
  const access = { keyring: new UserKeyring(world, undefined), bridge: undefined };
  for (const one of [text, text]) assert.ok((await openEncrypted(one, 'yaml', access)).ok);
  const { key: foreign } = await makeAgeKey();
  const other = (await encrypted('a: b\n', 'yaml', { groups: [[foreign]], threshold: 0 })).file.text;
  for (const one of [other, other]) assert.ok(!(await openEncrypted(one, 'yaml', access)).ok);
  assert.equal(asked.length, 2, 'once for each recipient');
  assert.deepEqual(asked.slice(0, 1), [
    { command: ['pass', 'show', 'my key'], environment: { SOPS_AGE_RECIPIENT: key.name } },
  ]);
});

test('command lines are parted as SOPS parts them', () => {
  assert.deepEqual(splitCommandLine(`a "b c" 'd \\' e\\ f "" # g`), ['a', 'b c', 'd \\', 'e f', '']);
  assert.equal(splitCommandLine('a "b'), undefined);
  assert.deepEqual(splitCommandLine(' '), []);
});

test('a passphrase is asked for last, once, and a wrong one is told', async () => {
  const { identity, key } = await makeAgeKey();
  const { text } = (await encrypted('a: b\n', 'yaml', { groups: [[key]], threshold: 0 })).file;
  const file = await locked(`${identity}\n`, 'open sesame');
  const asked: string[] = [];
  const world = (answer: string | undefined): KeyWorld =>
    worldOf({
      environment: { SOPS_AGE_KEY_FILE: '/k' },
      readFile: filesOf({ '/k': file }),
      askPassphrase: (place) => {
        asked.push(place);
        return Promise.resolve(answer);
      },
    });
  assert.equal(await opens(world('open sesame'), text), 'opens');
  assert.deepEqual(asked, ['SOPS_AGE_KEY_FILE (/k)']);
  assert.match(await opens(world('wrong'), text), /\(wrong passphrase\)/);
  assert.match(await opens(world(undefined), text), /\(no passphrase given\)/);
  asked.length = 0;
  assert.equal(
    await opens({ ...world('x'), environment: { SOPS_AGE_KEY: identity, SOPS_AGE_KEY_FILE: '/k' } }, text),
    'opens',
  );
  assert.deepEqual(asked, []);
});

test('the passphrase of an SSH key is asked for only where a file names the key', async () => {
  const ssh = makeEd25519();
  const { key } = await makeAgeKey();
  const sshName = { type: 'age', name: ssh.publicKey } as const;
  const forSsh = (await encrypted('a: b\n', 'yaml', { groups: [[sshName]], threshold: 0 })).file.text;
  const forAge = (await encrypted('a: b\n', 'yaml', { groups: [[key]], threshold: 0 })).file.text;
  const asked: string[] = [];
  const world = (answer: string): KeyWorld =>
    worldOf({
      environment: { SOPS_AGE_SSH_PRIVATE_KEY_FILE: '/ssh' },
      readFile: filesOf({ '/ssh': ssh.locked('open sesame') }),
      askPassphrase: (place) => {
        asked.push(place);
        return Promise.resolve(answer);
      },
    });
  assert.match(await opens(world('open sesame'), forAge), /its key has a passphrase, and is none of the recipients/);
  assert.deepEqual(asked, []);
  assert.equal(await opens(world('open sesame'), forSsh), 'opens');
  assert.match(await opens(world('wrong'), forSsh), /SOPS_AGE_SSH_PRIVATE_KEY_FILE \(\/ssh\) \(wrong passphrase\)/);
  assert.equal(asked.length, 2);
});

test('keys in the secret storage are listed without their secrets', async () => {
  const { identity, key } = await makeAgeKey();
  const secrets = new Map<string, string>();
  let index: readonly StoredKey[] = [];
  const stored = new StoredKeys(
    {
      get: (name) => Promise.resolve(secrets.get(name)),
      store: (name, value) => Promise.resolve(void secrets.set(name, value)),
      delete: (name) => Promise.resolve(void secrets.delete(name)),
    },
    { read: () => index, write: (keys) => Promise.resolve(void (index = keys)) },
  );
  assert.equal(await stored.add('AGE-PLUGIN-YUBIKEY-1QQ', 'no'), undefined);
  assert.equal(await stored.add('AGE-SECRET-KEY-1QQ', 'no'), undefined);
  assert.ok(await stored.add(` ${identity}\n`, 'laptop'));
  assert.deepEqual(stored.list(), [{ id: key.name, recipient: key.name, label: 'laptop' }]);
  assert.doesNotMatch(JSON.stringify(index), /AGE-SECRET/);
  const { text } = (await encrypted('a: b\n', 'yaml', { groups: [[key]], threshold: 0 })).file;
  assert.equal(await opens(worldOf(), text, stored), 'opens');
  secrets.clear();
  assert.match(await opens(worldOf(), text, stored), /key laptop in the secret storage of the editor \(is gone\)/);
  await stored.remove(key.name);
  assert.deepEqual(stored.list(), []);
});
