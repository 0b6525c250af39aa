import { armor, Encrypter } from 'age-encryption';
import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { textOf } from '../../../client/secrets/values/plain-value';
import { accessOf, type AgeKey, encrypted, makeAgeKey, must } from './keys';

// The format by its description alone (getsops/sops aes/cipher.go, sops.go), so that both sides of ours cannot be wrong together.

const modified = '2026-03-01T10:00:00Z';

/** First bytes of a checksum over encrypted values only (sops.go, MACOnlyEncryptedInitialization). */
const start = Buffer.from('8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69', 'hex');

function encrypt(key: Buffer, text: string, type: string, additional: string): string {
  const iv = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(additional));
  const data = Buffer.concat([cipher.update(text), cipher.final()]).toString('base64');
  return `ENC[AES256_GCM,data:${data},iv:${iv.toString('base64')},tag:${cipher.getAuthTag().toString('base64')},type:${type}]`;
}

/** A file with two clear and five encrypted values, a comment among them. */
async function writeFile(age: AgeKey, isMacOnlyEncrypted: boolean): Promise<string> {
  const key = randomBytes(32);
  const hash = createHash('sha512');
  if (isMacOnlyEncrypted) hash.update(start);
  for (const text of isMacOnlyEncrypted ? [] : ['v1']) hash.update(text);
  for (const text of ['in a list', '42', '1.5', 'True', 'top']) hash.update(text);
  const mac = encrypt(key, hash.digest('hex').toUpperCase(), 'str', modified);
  const encrypter = new Encrypter();
  encrypter.addRecipient(age.key.name);
  const enc = armor
    .encode(await encrypter.encrypt(key))
    .trimEnd()
    .split('\n')
    .join('\n            ');
  return `kind_unencrypted: v1
outer:
    #${encrypt(key, ' a note', 'comment', 'outer:')}
    list:
        - ${encrypt(key, 'in a list', 'str', 'outer:list:')}
        - deep: ${encrypt(key, '42', 'int', 'outer:list:deep:')}
    float: ${encrypt(key, '1.5', 'float', 'outer:float:')}
    bool: ${encrypt(key, 'True', 'bool', 'outer:bool:')}
    nothing: null
    empty: ""
top: ${encrypt(key, 'top', 'str', 'top:')}
sops:
    age:
        - recipient: ${age.key.name}
          enc: |
            ${enc}
    lastmodified: "${modified}"
    mac: ${mac}
    unencrypted_suffix: _unencrypted
    version: 3.9.0${isMacOnlyEncrypted ? '\n    mac_only_encrypted: true' : ''}
`;
}

for (const isMacOnlyEncrypted of [false, true]) {
  test(`a file put together by hand opens${isMacOnlyEncrypted ? ', its clear values out of the checksum' : ''}`, async () => {
    const age = await makeAgeKey();
    const text = await writeFile(age, isMacOnlyEncrypted);
    const opened = must(await openEncrypted(text, 'yaml', accessOf(age.identity)));
    const values = opened.tree.values.map(({ value }) => `${value.type} ${textOf(value)}`);
    assert.deepEqual(values, ['str v1', 'str in a list', 'int 42', 'float 1.5', 'bool True', 'str ', 'str top']);
    assert.deepEqual(
      opened.tree.comments.map((comment) => comment.text),
      [' a note'],
    );
    const edited = text.replace('kind_unencrypted: v1', 'kind_unencrypted: v2');
    const after = await openEncrypted(edited, 'yaml', accessOf(age.identity));
    assert.equal(after.ok, isMacOnlyEncrypted, 'clear values may change only where they are out of the checksum');
  });
}

test('what is written is sealed with the path and the time', async () => {
  const { key } = await makeAgeKey();
  const { dataKey, file, metadata } = await encrypted('a:\n  b: [x]\n', 'yaml', { groups: [[key]], threshold: 0 });
  const [, data = '', iv = '', tag = ''] =
    /\["ENC\[AES256_GCM,data:([^,]+),iv:([^,]+),tag:([^,]+),type:str\]"\]/.exec(file.text) ?? [];
  const open = (parts: readonly string[], additional: string): string => {
    const [body = '', vector = '', mark = ''] = parts;
    const decipher = createDecipheriv('aes-256-gcm', dataKey, Buffer.from(vector, 'base64'));
    decipher.setAAD(Buffer.from(additional)).setAuthTag(Buffer.from(mark, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64')), decipher.final()]).toString();
  };
  assert.equal(open([data, iv, tag], 'a:b:'), 'x');
  const mac = /data:([^,]+),iv:([^,]+),tag:([^,]+)/.exec(metadata.mac) ?? [];
  assert.equal(
    open(mac.slice(1), metadata.lastModified ?? ''),
    createHash('sha512').update('x').digest('hex').toUpperCase(),
  );
});
