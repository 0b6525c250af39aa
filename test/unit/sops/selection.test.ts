import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEncryptedValue } from '../../../server/sops/encrypted-value';
import { defaultSelection, type SelectionField, selectorOf } from '../../../server/sops/selection';
import { storeFormatOf } from '../../../server/sops/store-format';

const selects = (
  by: SelectionField,
  text: string,
  path: string[],
  comments: string[][] = [],
  isComment = false,
): boolean | undefined => selectorOf({ by, text, isWritten: true })?.isEncrypted(path, comments, isComment);

test('suffixes and patterns look at every key of the path', () => {
  assert.equal(selectorOf(defaultSelection)?.isEncrypted(['a', 'b'], [], false), true);
  assert.equal(selectorOf(defaultSelection)?.isEncrypted(['a_unencrypted', 'b'], [], false), false);
  assert.equal(selects('encrypted_suffix', '_x', ['a_x', 'b']), true);
  assert.equal(selects('encrypted_suffix', '_x', ['a', 'b']), false);
  assert.equal(selects('encrypted_regex', '^(data|stringData)$', ['stringData', 'b']), true);
  assert.equal(selects('encrypted_regex', '^(data|stringData)$', ['metadata', 'b']), false);
  assert.equal(selects('unencrypted_regex', 'kind', ['kinds', 'b']), false);
  assert.equal(selects('unencrypted_regex', 'kind', ['data']), true);
});

test('comment patterns look at the comments above, on every level', () => {
  assert.equal(selects('encrypted_comment_regex', 'enc', ['a', 'b'], [[' enc'], []]), true);
  assert.equal(selects('encrypted_comment_regex', 'enc', ['a', 'b'], [[], []]), false);
  assert.equal(selects('unencrypted_comment_regex', 'plain', ['a'], [[' plain', 'x']]), false);
  assert.equal(selects('unencrypted_comment_regex', 'plain', ['a'], [['x']]), true);
});

test('a comment that starts encryption stays readable itself', () => {
  assert.equal(selects('encrypted_comment_regex', 'enc', [], [[' enc']], true), false);
  assert.equal(selects('encrypted_comment_regex', 'enc', [], [[' enc', ' enc too']], true), true);
  assert.equal(selects('unencrypted_comment_regex', 'plain', [], [[' plain']], true), false);
});

test('a pattern RE2 does not take leaves all unknown', () => {
  assert.equal(selectorOf({ by: 'encrypted_regex', text: '(?<=a)b', isWritten: true }), undefined);
});

test('values are ciphertext, damaged ciphertext, or plain', () => {
  const whole = 'ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:int]';
  assert.deepEqual(parseEncryptedValue(whole), {
    kind: 'encrypted',
    data: 'AAAA',
    iv: 'AAAA',
    tag: 'AAAAAAAAAAAAAAAAAAAAAA==',
    type: 'int',
  });
  const damaged: [string, string][] = [
    [whole.slice(0, -1), 'form'],
    [`${whole}x`, 'form'],
    [whole.replace(',iv', ',vi'), 'form'],
    [whole.replace('256', '128'), 'form'],
    [whole.replace('data:AAAA', 'data:AAA'), 'data'],
    [whole.replace('data:AAAA', 'data:'), 'data'],
    [whole.replace('iv:AAAA', 'iv:AA!A'), 'iv'],
    [whole.replace('tag:AAAA', 'tag:'), 'tag'],
    [whole.replace('int', 'hex'), 'type'],
  ];
  for (const [text, part] of damaged) assert.deepEqual(parseEncryptedValue(text), { kind: 'damaged', part }, text);
  for (const text of ['', 'ENC', 'plain', ` ${whole}`]) assert.equal(parseEncryptedValue(text).kind, 'plain');
});

test('the format of a file is told by its name', () => {
  const formats = ['a.yaml', 'b/a.yml', 'a.json', '.env', 'x.env', 'a.ini', 'a.txt', 'Makefile', 'a.yaml.bak'].map(
    storeFormatOf,
  );
  assert.deepEqual(formats, ['yaml', 'yaml', 'json', 'dotenv', 'dotenv', 'ini', 'binary', 'binary', 'binary']);
});
