import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readIdentities } from '../../../client/secrets/age/identity-file';
import { readRecipient } from '../../../client/secrets/age/recipient';
import { readSshPrivateKey } from '../../../client/secrets/age/ssh-private-key';
import { unwrapWithIdentities, wrapForRecipient } from '../../../client/secrets/age/wrap-key';
import { makeAgeKey, must } from './keys';
import { makeEd25519, makeRsa, openSshFile } from './ssh-keys';

const dataKey = randomBytes(32);

test('a data key goes to X25519 and hybrid recipients and back', async () => {
  for (const identity of [(await makeAgeKey()).identity, await generateHybridIdentity()]) {
    const wrapped = must(await wrapForRecipient(dataKey, await identityToRecipient(identity)));
    assert.match(wrapped, /^-----BEGIN AGE ENCRYPTED FILE-----\n[\s\S]+-----END AGE ENCRYPTED FILE-----\n$/);
    assert.deepEqual(await unwrapWithIdentities(wrapped, [identity]), new Uint8Array(dataKey));
    assert.equal(await unwrapWithIdentities(wrapped, [(await makeAgeKey()).identity]), undefined);
    assert.equal(await unwrapWithIdentities(wrapped.replace(/[A-Z]/, 'a'), [identity]), undefined);
  }
});

for (const [name, make] of [
  ['Ed25519', makeEd25519],
  ['RSA', makeRsa],
] as const) {
  test(`a data key goes to an SSH ${name} key and back, from either file format`, async () => {
    const [key, other] = [make(), make()];
    const wrapped = must(await wrapForRecipient(dataKey, key.publicKey));
    for (const file of [key.openSsh, key.pem]) {
      const reading = readSshPrivateKey(file);
      assert.ok(reading.kind === 'identity');
      assert.deepEqual(Buffer.from((await unwrapWithIdentities(wrapped, [reading.identity])) ?? []), dataKey);
    }
    const reading = readSshPrivateKey(other.openSsh);
    assert.ok(reading.kind === 'identity');
    assert.equal(await unwrapWithIdentities(wrapped, [reading.identity]), undefined);
  });
}

for (const [name, make] of [
  ['Ed25519', makeEd25519],
  ['RSA', makeRsa],
] as const) {
  test(`an SSH ${name} key opens with its passphrase alone`, async () => {
    const key = make();
    const file = key.locked('open sesame');
    const dataKey = randomBytes(32);
    const wrapped = must(await wrapForRecipient(dataKey, key.publicKey));
    const publicKey = key.publicKey.split(' ')[1];
    assert.deepEqual(readSshPrivateKey(file), { kind: 'locked', publicKey });
    assert.deepEqual(readSshPrivateKey(file, 'wrong'), { kind: 'locked', publicKey });
    const reading = readSshPrivateKey(file, 'open sesame');
    assert.ok(reading.kind === 'identity');
    assert.deepEqual(Buffer.from((await unwrapWithIdentities(wrapped, [reading.identity])) ?? []), dataKey);
  });
}

test('SSH keys with a passphrase and other files are told apart', () => {
  const pem = makeRsa().lockedPem('open sesame');
  assert.equal(readSshPrivateKey(pem, 'wrong').kind, 'locked');
  assert.equal(readSshPrivateKey(pem, 'open sesame').kind, 'identity');
  assert.equal(
    readSshPrivateKey(openSshFile(Buffer.from('wire'), [], 'chacha20-poly1305@openssh.com')).kind,
    'unreadable',
  );
  assert.equal(readSshPrivateKey(openSshFile(Buffer.from('wire'), [], 'aes256-ctr')).kind, 'locked');
  assert.equal(
    readSshPrivateKey('-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n').kind,
    'locked',
  );
  for (const text of [
    '',
    'AGE-SECRET-KEY-1',
    makeEd25519().openSsh.slice(0, 200),
    makeEd25519().openSsh.replace(/\nb3BlbnNz/, '\nAAAAAAAA'),
  ]) {
    assert.equal(readSshPrivateKey(text).kind, 'unreadable');
  }
});

test('recipients are told by their form', async () => {
  const { key } = await makeAgeKey();
  const kinds = [
    key.name,
    ` ${key.name} `,
    'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t',
    makeEd25519().publicKey,
    makeRsa().publicKey,
    makeRsa(1024).publicKey,
    'ssh-ed25519 AAAA',
    'age',
    'ssh-dss AAAA',
  ].map((text) => readRecipient(text).kind);
  assert.deepEqual(kinds, [
    'recipient',
    'recipient',
    'plugin',
    'recipient',
    'recipient',
    'unreadable',
    'unreadable',
    'unreadable',
    'unreadable',
  ]);
});

test('recipients that cannot be used are refused with their name', async () => {
  for (const name of [
    'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t',
    'age1qqqq',
    'nonsense',
  ]) {
    const wrapped = await wrapForRecipient(dataKey, name);
    assert.ok(!wrapped.ok && wrapped.fault.kind === 'bad-recipient' && wrapped.fault.recipient === name);
  }
});

test('identity files: comments, plug-ins, several words a line only in the variable', async () => {
  const [a, b] = [(await makeAgeKey()).identity, await generateHybridIdentity()];
  assert.deepEqual(readIdentities(`# created\n\n${a}\r\n${b}\nAGE-PLUGIN-YUBIKEY-1QQ`, false), {
    identities: [a, b],
    plugins: 1,
    unreadable: [],
  });
  assert.deepEqual(readIdentities(`${a} ${b}`, true).identities, [a, b]);
  assert.deepEqual(readIdentities(`${a} ${b}\nwhat`, false).unreadable, [1, 2]);
});
