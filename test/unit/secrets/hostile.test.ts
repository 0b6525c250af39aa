import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { describeFault } from '../../../client/secrets/describe-fault';
import { type SecretsFault } from '../../../client/secrets/fault';
import { encryptFile } from '../../../client/secrets/operations/encrypt';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { type OpenedFile } from '../../../client/secrets/operations/opened-file';
import { saveChanges } from '../../../client/secrets/operations/save';
import { textValue } from '../../../client/secrets/values/plain-value';
import { type StoreFormat } from '../../../server/sops/store-format';
import { accessOf, encrypted, makeAgeKey, must, now } from './keys';

const marker = 'Kq7-plaintext-marker';
const source = `a: ${marker}\nb: ${marker}-two\nc:\n  d: 5\n  e: true\nf_unencrypted: clear\n`;

async function sample(): Promise<{ text: string; identity: string; file: OpenedFile }> {
  const { identity, key } = await makeAgeKey();
  const file = await encrypted(source, 'yaml', { groups: [[key]], threshold: 0 });
  return { text: file.file.text, identity, file };
}

async function faultOf(text: string, identity: string, format: StoreFormat = 'yaml'): Promise<SecretsFault> {
  const opened = await openEncrypted(text, format, accessOf(identity));
  assert.ok(!opened.ok, 'opens');
  const said = describeFault(opened.fault) + JSON.stringify(opened.fault);
  assert.ok(!said.includes(marker) && !/ENC\[|AGE-SECRET|BEGIN AGE/.test(said), said);
  assert.ok(!said.includes(identity.slice(20, 40)));
  return opened.fault;
}

/** The line of a key. */
const lineOf = (text: string, key: string): string => new RegExp(`^ *${key}: .*\n`, 'm').exec(text)?.[0] ?? '';

test('a changed, moved, foreign, plain or damaged value is refused at its place', async () => {
  const { text, identity } = await sample();
  const other = await sample();
  const [a, b] = [lineOf(text, 'a'), lineOf(text, 'b')];
  const value = a.slice(3);
  const cases: [string, SecretsFault['kind'], string][] = [
    [text.replace(a, b.replace('b:', 'a:')).replace(b, a.replace('a:', 'b:')), 'foreign-value', 'swapped'],
    [text.replace('a: ', 'q: '), 'foreign-value', 'renamed'],
    [text.replace(a, lineOf(other.text, 'a')), 'foreign-value', 'of another file'],
    [text.replace(/data:(.)/, (_, first: string) => `data:${first === 'A' ? 'B' : 'A'}`), 'foreign-value', 'changed'],
    [text.replace(a, `a: ${marker}\n`), 'plain-value', 'in clear'],
    [text.replace(a, 'a: 12\n'), 'plain-value', 'a number'],
    [text.replace(value, `${value.slice(0, 60)}\n`), 'damaged-value', 'truncated'],
    [text.replace(value, value.replace('type:str', 'type:hex')), 'damaged-value', 'of an unknown type'],
    [text.replace(value, value.replace('type:str', 'type:int')), 'damaged-value', 'of a type that does not fit'],
    [text.replace(value, value.replace(/iv:[^,]*/, 'iv:')), 'damaged-value', 'without iv'],
  ];
  for (const [changed, kind, name] of cases) {
    assert.notEqual(changed, text, name);
    assert.equal((await faultOf(changed, identity)).kind, kind, name);
  }
});

test('added, removed and reordered values do not fit the checksum', async () => {
  const { text, identity } = await sample();
  const [a, b] = [lineOf(text, 'a'), lineOf(text, 'b')];
  const cases = [
    text.replace(a, ''),
    text.replace(a, '').replace(b, b + a),
    text.replace('f_unencrypted: clear', 'f_unencrypted: other'),
    text.replace('f_unencrypted: clear', 'f_unencrypted: clear\ng_unencrypted: more'),
    text.replace(/lastmodified: "2026/, 'lastmodified: "2027'),
  ];
  for (const changed of cases) assert.equal((await faultOf(changed, identity)).kind, 'wrong-mac');
});

test('a wrong checksum can be looked at, and not saved', async () => {
  const { text, identity } = await sample();
  const changed = text.replace(lineOf(text, 'a'), '');
  const looked = must(await openEncrypted(changed, 'yaml', accessOf(identity), true));
  assert.equal(looked.isVerified, false);
  assert.equal(looked.tree.values.length, 4);
  const saved = saveChanges(looked, [{ kind: 'set', at: { document: 0, steps: ['b'] }, value: textValue('x') }], now);
  assert.ok(!saved.ok && saved.fault.kind === 'wrong-mac');
});

test('a damaged stanza is refused before any key is asked for', async () => {
  const { text, identity } = await sample();
  const cases: [string, SecretsFault['kind']][] = [
    [text.replace(/^sops:[\s\S]*/m, ''), 'not-encrypted'],
    [text.replace(/^sops:[\s\S]*/m, 'sops: 7\n'), 'bad-metadata'],
    [text.replace(/^sops:[\s\S]*/m, 'sops:\n'), 'bad-metadata'],
    [text.replace(/^ {4}mac:.*\n/m, ''), 'bad-metadata'],
    [text.replace(/^ {4}lastmodified:.*\n/m, ''), 'bad-metadata'],
    [text.replace(/^ {4}version:.*\n/m, ''), 'bad-metadata'],
    [
      text.replace('unencrypted_suffix: _unencrypted', 'unencrypted_suffix: a\n    encrypted_suffix: b'),
      'bad-metadata',
    ],
    [text.replace('unencrypted_suffix: _unencrypted', 'encrypted_regex: "(?<=x)y"'), 'unknown-pattern'],
    [text.replace(/(BEGIN AGE ENCRYPTED FILE-----\n\s+)\w/, '$1!'), 'no-key'],
    [text.replace(/-----BEGIN AGE[\s\S]*?END AGE ENCRYPTED FILE-----/, 'gone'), 'no-key'],
  ];
  for (const [changed, kind] of cases)
    assert.equal((await faultOf(changed, identity)).kind, kind, changed.slice(0, 400));
});

test('broken, foreign and unusual files are refused with a reason', async () => {
  const { text, identity } = await sample();
  const cases: [string, StoreFormat, SecretsFault['kind']][] = [
    [`${text}x: [1\n`, 'yaml', 'unreadable'],
    [text.replace('a: ', 'a: 1\na: '), 'yaml', 'unreadable'],
    [`x_unencrypted: &x 1\ny_unencrypted: *x\n${text}`, 'yaml', 'unsupported'],
    [`5: 1\n${text}`, 'yaml', 'unsupported'],
    [`- 1\n---\n${text}`, 'yaml', 'unsupported'],
    [text, 'json', 'unreadable'],
    ['{"a": 1, "a": 2}', 'json', 'unreadable'],
    ['[]', 'json', 'unsupported'],
    ['{"a": "\\x"}', 'json', 'unreadable'],
    ['{"a": 1} {', 'json', 'unreadable'],
    ['A', 'dotenv', 'unreadable'],
    ['sops_age=x\nsops_age__map_y=z\n', 'dotenv', 'bad-metadata'],
    ['[a\n', 'ini', 'unreadable'],
    ['[a]\nb = c \\\n d\n', 'ini', 'unreadable'],
    ['', 'yaml', 'not-encrypted'],
  ];
  for (const [changed, format, kind] of cases) {
    assert.equal((await faultOf(changed, identity, format)).kind, kind, `${format} ${changed.slice(0, 60)}`);
  }
});

test('huge and deep files end soon', async () => {
  const { text, identity } = await sample();
  const deepYaml = `${Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n')} 1\n`;
  const manyKeys = text.replace(
    /^ {8}- enc:/m,
    `${'        - {enc: x, recipient: age1x}\n'.repeat(20_000)}        - enc:`,
  );
  const cases: [string, StoreFormat][] = [
    [deepYaml, 'yaml'],
    ['['.repeat(500_000), 'json'],
    [`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'json'],
    [manyKeys, 'yaml'],
    [`a: ${'x'.repeat(6_000_000)}\n`, 'yaml'],
    [`sops_a${'__map_a'.repeat(200_000)}=1\n`, 'dotenv'],
    [text.replace('f_unencrypted: clear', `f_unencrypted: ${'#'.repeat(300_000)}`), 'yaml'],
    [`${text}${'# c\n'.repeat(100_000)}`, 'yaml'],
  ];
  for (const [changed, format] of cases) {
    const started = process.hrtime.bigint();
    await openEncrypted(changed, format, accessOf(identity));
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    assert.ok(seconds < 20, `${format} ${changed.slice(0, 20)} took ${seconds.toFixed(1)} s`);
  }
});

test('random bytes never throw', async () => {
  const { text, identity } = await sample();
  for (let round = 0; round < 60; round++) {
    const bytes = Buffer.from(text, 'utf8');
    for (const at of randomBytes(8)) bytes[(at * 131 + round * 977) % bytes.length] = randomBytes(1)[0] ?? 0;
    for (const format of ['yaml', 'json', 'dotenv', 'ini', 'binary'] as const) {
      const opened = await openEncrypted(bytes.toString('utf8'), format, accessOf(identity));
      if (!opened.ok) assert.ok(!describeFault(opened.fault).includes(marker));
    }
  }
});

test('what was encrypted does not become clear by the way', async () => {
  const { key } = await makeAgeKey();
  const groups = { groups: [[key]], threshold: 0 };
  const byName = await encrypted('password: x\n', 'yaml', groups);
  const rename = { kind: 'rename', at: { document: 0, steps: ['password'] }, key: 'password_unencrypted' } as const;
  const refusedRename = saveChanges(byName, [rename], now);
  assert.ok(!refusedRename.ok && refusedRename.fault.kind === 'would-expose');
  assert.match(must(saveChanges(byName, [rename], now, true)).file.text, /^password_unencrypted: x$/m);
  const selection = { by: 'unencrypted_comment_regex', text: 'plain', isWritten: true } as const;
  const byComment = await encrypted('# plain\na: x\nb: y\n', 'yaml', { ...groups, selection });
  const removed = saveChanges(byComment, [{ kind: 'remove', at: { document: 0, steps: ['a'] } }], now);
  assert.ok(!removed.ok && removed.fault.kind === 'would-expose');
});

test('plain files that SOPS would not give back are refused', async () => {
  const { key } = await makeAgeKey();
  const rule = { groups: [[key]], threshold: 0 };
  const cases: [
    string | Uint8Array,
    StoreFormat,
    typeof rule & { selection?: OpenedFile['metadata']['selection'] },
    SecretsFault['kind'],
  ][] = [
    ['', 'yaml', rule, 'empty'],
    ['sops: {}\n', 'yaml', rule, 'already-encrypted'],
    ['a: 1\n', 'yaml', { groups: [], threshold: 0 }, 'no-recipients'],
    ['a: 1\n', 'yaml', { groups: [[]], threshold: 0 }, 'no-recipients'],
    ['a: 1\n', 'yaml', { groups: [[key], [key]], threshold: 1 }, 'unsupported'],
    ['a: 1\n', 'yaml', { groups: [[{ type: 'age', name: 'nonsense' } as never]], threshold: 0 }, 'bad-recipient'],
    ['a: 1\n', 'yaml', { groups: [[{ type: 'pgp', name: 'ABCD' } as never]], threshold: 0 }, 'program'],
    ['a: 18446744073709551615\n', 'yaml', rule, 'unsupported'],
    [Uint8Array.from([0xff, 0x3d]), 'dotenv', rule, 'unreadable'],
    [
      Uint8Array.from([1]),
      'binary',
      { ...rule, selection: { by: 'encrypted_suffix', text: '_x', isWritten: true } },
      'unsupported',
    ],
    [
      '# c\na: 1\n',
      'yaml',
      { ...rule, selection: { by: 'unencrypted_comment_regex', text: 'ENC', isWritten: true } },
      'unsupported',
    ],
  ];
  for (const [content, format, one, kind] of cases) {
    const made = await encryptFile(content, format, one, undefined, now);
    assert.equal(made.ok ? 'ok' : made.fault.kind, kind, JSON.stringify([content, one]).slice(0, 200));
  }
});
