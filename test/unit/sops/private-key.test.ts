import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { readBech32 } from '../../../server/scalars/bech32';
import { findPrivateKeys, mayHoldPrivateKey } from '../../../server/sops/private-key';
import { recipientFault } from '../../../server/sops/recipient-form';
import { identityFrom, recipientFrom, writeBech32 } from '../../support/bech32';

// Keys are made here and open nothing.
const pem = (type: 'pkcs1' | 'pkcs8', passphrase?: string): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding:
      passphrase === undefined ? { type, format: 'pem' } : { type, format: 'pem', cipher: 'aes-256-cbc', passphrase },
  }).privateKey;

const kinds = (text: string): string[] =>
  findPrivateKeys(text).map(({ kind, isLocked }) => (isLocked ? `locked ${kind}` : kind));

describe('private keys in texts', () => {
  it('are found as they stand, indented, escaped and in base64', () => {
    const key = pem('pkcs8');
    assert.deepEqual(kinds(key), ['pem']);
    assert.deepEqual(kinds(`data:\n  key: |\n${key.replace(/^/gm, '    ')}`), ['pem']);
    assert.deepEqual(kinds(`{"private_key": ${JSON.stringify(key)}}`), ['pem']);
    assert.deepEqual(kinds(`tls.key: ${Buffer.from(key).toString('base64')}`), ['pem']);
    assert.deepEqual(kinds(key.replaceAll('\n', '\r\n')), ['pem']);
    assert.deepEqual(kinds(pem('pkcs1')), ['pem']);
    assert.deepEqual(kinds(pem('pkcs8', 'secret')), ['locked pem']);
    assert.deepEqual(kinds(pem('pkcs1', 'secret')), ['locked pem']);
  });

  it('of age are told by their checksum', () => {
    const identity = identityFrom(3);
    assert.deepEqual(kinds(`# created: today\n# public key: ${recipientFrom(3)}\n${identity}\n`), ['age']);
    assert.deepEqual(kinds(`${identity.slice(0, -1)}${identity.endsWith('Q') ? 'P' : 'Q'}`), []);
    assert.deepEqual(kinds(identity.toLowerCase()), []);
    const { start, end } = findPrivateKeys(`key: ${identity}`)[0] ?? { start: 0, end: 0 };
    assert.equal(`key: ${identity}`.slice(start, end), identity);
  });

  it('are neither placeholders nor public keys nor certificates', () => {
    const { publicKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    for (const text of [
      publicKey,
      '-----BEGIN PRIVATE KEY-----\n<key>\n-----END PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY-----',
      'see -----BEGIN PGP PRIVATE KEY BLOCK----- in the guide, which explains how the block is made and stored',
      recipientFrom(1),
    ]) {
      assert.deepEqual(kinds(text), [], text);
    }
  });

  it('cost little in a text that is made to be slow', () => {
    const hostile = '-----BEGIN PRIVATE KEY-----\nAAAA'.repeat(30_000);
    assert.equal(mayHoldPrivateKey(hostile), true);
    assert.ok(findPrivateKeys(hostile).length <= 20);
  });
});

describe('forms of recipients', () => {
  it('are those that age takes', () => {
    assert.equal(recipientFault('age', recipientFrom(5)), undefined);
    assert.equal(recipientFault('age', writeBech32('age1pq', new Uint8Array(1216))), undefined);
    assert.equal(recipientFault('age', writeBech32('age1yubikey', new Uint8Array(33))), undefined);
    assert.match(recipientFault('age', writeBech32('age', new Uint8Array(31))) ?? '', /length/);
    assert.match(
      recipientFault(
        'age',
        recipientFrom(5).replace(/.$/, (last) => (last === 'q' ? 'p' : 'q')),
      ) ?? '',
      /checksum/,
    );
    assert.match(recipientFault('age', identityFrom(5)) ?? '', /private key/);
    assert.match(recipientFault('age', 'ssh-dss AAAA') ?? '', /ssh-dss/);
  });

  it('have no bits left over', () => {
    assert.equal(readBech32(writeBech32('a', new Uint8Array([1, 2, 3])))?.byteLength, 3);
    assert.equal(readBech32('A1qqqqqq'), undefined);
    assert.equal(readBech32('1qqqqqqqq'), undefined);
  });
});
