import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareFiles } from '../../../client/secrets/operations/compare';
import { openEncrypted } from '../../../client/secrets/operations/open';
import { closeFile, type OpenedFile } from '../../../client/secrets/operations/opened-file';
import { rotateDataKey } from '../../../client/secrets/operations/rotate';
import { type Change, saveChanges } from '../../../client/secrets/operations/save';
import { updateKeys } from '../../../client/secrets/operations/update-keys';
import { type Path } from '../../../server/model/json';
import { boolValue, intValue, textOf, textValue } from '../../../client/secrets/values/plain-value';
import { accessOf, encrypted, makeAgeKey, must, now } from './keys';

const later = '2026-04-02T11:30:00Z';
const secret = `# made by hand
apiVersion: v1
kind: Secret
metadata:
  name: app # keeps its comment
stringData:
  # the password
  password: "first secret"   # changed often
  port: 8080
  enabled: true
  certificate: |
    line one
    line two
  empty: ""
  list: [a, 2]
`;
const dataOnly = { by: 'encrypted_regex', text: '^(data|stringData)$', isWritten: true } as const;
const at = (...steps: Path): { document: number; steps: Path } => ({ document: 0, steps });

async function secretFile(): Promise<{
  file: OpenedFile;
  identity: string;
  key: Awaited<ReturnType<typeof makeAgeKey>>['key'];
}> {
  const { identity, key } = await makeAgeKey();
  return {
    file: await encrypted(secret, 'yaml', { groups: [[key]], threshold: 0, selection: dataOnly }),
    identity,
    key,
  };
}

const valueAt = ({ tree }: OpenedFile, ...steps: Path): string | undefined => {
  const found = tree.values.find((value) => JSON.stringify(value.at.steps) === JSON.stringify(steps));
  return found && `${found.value.type} ${textOf(found.value)}`;
};

test('a plain file keeps its layout; only what the rule names is ciphertext', async () => {
  const { file } = await secretFile();
  const { text } = file.file;
  assert.ok(
    text.startsWith(
      '# made by hand\napiVersion: v1\nkind: Secret\nmetadata:\n  name: app # keeps its comment\nstringData:\n  #ENC[',
    ),
  );
  assert.match(
    text,
    /\n {2}password: ENC\[AES256_GCM,\S+,type:str\] {3}#ENC\[\S+,type:comment\]\n {2}port: ENC\[\S+,type:int\]\n/,
  );
  assert.match(
    text,
    /\n {2}empty: ""\n {2}list: \["ENC\[\S+,type:str\]", "ENC\[\S+,type:int\]"\]\nsops:\n {4}age:\n {8}- enc: \|\n {12}-----BEGIN AGE/,
  );
  assert.doesNotMatch(text, /first secret|line one|: 8080|changed often/);
});

test('opening gives values with their types', async () => {
  const { file, identity } = await secretFile();
  const opened = must(await openEncrypted(file.file.text, 'yaml', accessOf(identity)));
  assert.equal(valueAt(opened, 'stringData', 'password'), 'str first secret');
  assert.equal(valueAt(opened, 'stringData', 'port'), 'int 8080');
  assert.equal(valueAt(opened, 'stringData', 'enabled'), 'bool True');
  assert.equal(valueAt(opened, 'stringData', 'certificate'), 'str line one\nline two\n');
  assert.equal(valueAt(opened, 'stringData', 'list', 1), 'int 2');
  assert.equal(valueAt(opened, 'metadata', 'name'), 'str app');
  assert.deepEqual(
    opened.tree.comments.filter(({ encryptedAt }) => encryptedAt).map(({ text }) => text),
    [' the password', ' changed often'],
  );
});

/** Lines of the one text that are not in the other, lastmodified and mac left out. */
function newLines(before: string, after: string): string[] {
  const old = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !old.has(line) && !/^ +(?:lastmodified|mac): /.test(line));
}

test('saving a changed value touches its line, lastmodified and mac alone', async () => {
  const { file, identity } = await secretFile();
  const saved = must(
    saveChanges(file, [{ kind: 'set', at: at('stringData', 'password'), value: textValue('second secret') }], later),
  );
  const fresh = newLines(file.file.text, saved.file.text);
  assert.equal(fresh.length, 1);
  assert.match(fresh[0] ?? '', /^ {2}password: ENC\[\S+\] {3}#ENC\[/);
  assert.equal(newLines(saved.file.text, file.file.text).length, 1);
  const reopened = must(await openEncrypted(saved.file.text, 'yaml', accessOf(identity)));
  assert.equal(valueAt(reopened, 'stringData', 'password'), 'str second secret');
  assert.equal(reopened.metadata.lastModified, later);
});

test('setting the value that is there already changes no value', async () => {
  const { file } = await secretFile();
  const same = must(
    saveChanges(file, [{ kind: 'set', at: at('stringData', 'password'), value: textValue('first secret') }], later),
  );
  assert.deepEqual(newLines(file.file.text, same.file.text), []);
});

test('keys are added, removed and renamed; the rule decides what is encrypted', async () => {
  const { file, identity } = await secretFile();
  const changes: Change[] = [
    { kind: 'add', at: at('stringData', 'token'), value: textValue('fresh') },
    { kind: 'add', at: at('metadata', 'namespace'), value: textValue('prod') },
    { kind: 'remove', at: at('stringData', 'port') },
    { kind: 'rename', at: at('stringData', 'enabled'), key: 'active' },
    { kind: 'set', at: at('metadata', 'name'), value: textValue('renamed') },
    { kind: 'add', at: at('stringData', 'list', 2), value: intValue(3) },
    { kind: 'set', at: at('stringData', 'empty'), value: boolValue(false) },
  ];
  const saved = must(saveChanges(file, changes, later));
  assert.match(saved.file.text, /\n {2}name: renamed # keeps its comment\n {2}namespace: prod\n/);
  assert.match(saved.file.text, /\n {2}token: ENC\[/);
  const opened = must(await openEncrypted(saved.file.text, 'yaml', accessOf(identity)));
  const found = opened.tree.values
    .filter((value) => value.at.steps[0] === 'stringData')
    .map((value) => `${value.at.steps.slice(1).join('.')}=${textOf(value.value)}`);
  assert.deepEqual(found, [
    'password=first secret',
    'active=True',
    'certificate=line one\nline two\n',
    'empty=False',
    'list.0=a',
    'list.1=2',
    'list.2=3',
    'token=fresh',
  ]);
});

test('a subtree under a renamed key is sealed anew, since the keys are part of the seal', async () => {
  const { key, identity } = await makeAgeKey();
  const file = await encrypted('a:\n  # note\n  b: [x, y]\n  c: z\n', 'yaml', { groups: [[key]], threshold: 0 });
  const saved = must(saveChanges(file, [{ kind: 'rename', at: at('a'), key: 'q' }], later));
  const opened = must(await openEncrypted(saved.file.text, 'yaml', accessOf(identity)));
  assert.deepEqual(
    opened.tree.values.map((value) => value.keys.join('.')),
    ['q.b', 'q.b', 'q.c'],
  );
  assert.equal(opened.tree.comments[0]?.text, ' note');
});

test('what cannot be changed is refused, and names the place', async () => {
  const { file } = await secretFile();
  const refusals: [Change, string][] = [
    [{ kind: 'set', at: at('stringData', 'nope'), value: textValue('x') }, 'missing-key'],
    [{ kind: 'remove', at: at('nope') }, 'missing-key'],
    [{ kind: 'add', at: at('stringData', 'port'), value: textValue('x') }, 'key-exists'],
    [{ kind: 'rename', at: at('stringData', 'port'), key: 'password' }, 'key-exists'],
    [{ kind: 'set', at: at('stringData'), value: textValue('x') }, 'not-editable'],
  ];
  for (const [change, kind] of refusals) {
    const saved = saveChanges(file, [change], later);
    assert.ok(!saved.ok);
    assert.equal(saved.fault.kind, kind);
  }
});

test('rotation changes every ciphertext and the key, and no value', async () => {
  const { file, identity, key } = await secretFile();
  const rotated = must(await rotateDataKey(file, { groups: [[key]], threshold: 0 }, undefined, later));
  const ciphertexts = (text: string): string[] => text.match(/ENC\[[^\]]+\]/g) ?? [];
  const old = new Set(ciphertexts(file.file.text));
  assert.equal(ciphertexts(rotated.file.text).length, old.size);
  assert.ok(ciphertexts(rotated.file.text).every((one) => !old.has(one)));
  const opened = must(await openEncrypted(rotated.file.text, 'yaml', accessOf(identity)));
  assert.ok(compareFiles(file, opened).every(({ change }) => change === 'same'));
});

test('updating keys keeps values, mac and what stays encrypted for a key', async () => {
  const { file, key } = await secretFile();
  const other = await makeAgeKey();
  const added = must(await updateKeys(file, { groups: [[key, other.key]], threshold: 0 }, undefined));
  assert.deepEqual([added.added, added.removed], [[other.key], []]);
  const before = file.file.text.split('\n');
  const lines = added.file.file.text.split('\n');
  assert.deepEqual(
    before.filter((line) => !lines.includes(line)),
    [],
  );
  must(await openEncrypted(added.file.file.text, 'yaml', accessOf(other.identity)));
  const removed = must(await updateKeys(added.file, { groups: [[other.key]], threshold: 0 }, undefined));
  assert.deepEqual(removed.removed, [key]);
  const shut = await openEncrypted(removed.file.file.text, 'yaml', accessOf((await makeAgeKey()).identity));
  assert.ok(!shut.ok && shut.fault.kind === 'no-key');
});

test('two of three groups open a file, one does not', async () => {
  const keys = [await makeAgeKey(), await makeAgeKey(), await makeAgeKey()];
  const groups = keys.map(({ key }) => [key]);
  const { file } = await encrypted('a: b\n', 'yaml', { groups, threshold: 2 });
  const [a = '', , c = ''] = keys.map(({ identity }) => identity);
  must(await openEncrypted(file.text, 'yaml', accessOf(a, c)));
  const alone = await openEncrypted(file.text, 'yaml', accessOf(c));
  assert.ok(!alone.ok && alone.fault.kind === 'no-key');
});

test('revisions are compared key by key without values', async () => {
  const { file } = await secretFile();
  const changes: Change[] = [
    { kind: 'set', at: at('stringData', 'password'), value: textValue('second secret') },
    { kind: 'remove', at: at('stringData', 'port') },
    { kind: 'add', at: at('stringData', 'token'), value: textValue('fresh') },
  ];
  const differences = compareFiles(file, must(saveChanges(file, changes, later)));
  const told = differences
    .filter(({ change }) => change !== 'same')
    .map(({ at: place, change }) => `${place.steps.join('.')} ${change}`);
  assert.deepEqual(told, ['stringData.password changed', 'stringData.token added', 'stringData.port removed']);
  assert.doesNotMatch(JSON.stringify(differences), /secret|fresh/);
});

for (const [format, content, address] of [
  [
    'json',
    '{\n  "a": {"b": "old value", "n": 12345678901234567890, "t": true, "z": null},\n  "list": ["x", {"y": 1.5}]\n}\n',
    at('a', 'b'),
  ],
  ['dotenv', '# about\nA=old value\nB=two\\nlines here\n', at('A')],
  ['ini', '; about\n[one]\nA = old value\n; note\nB = "quoted text"\n', at('one', 'A')],
  ['binary', Uint8Array.from([0, 255, 10, 200]), at('data')],
] as const) {
  test(`${format} files are encrypted, opened and edited`, async () => {
    const { identity, key } = await makeAgeKey();
    const file = await encrypted(content, format, { groups: [[key]], threshold: 0 });
    // With a space, which no ciphertext has.
    assert.doesNotMatch(file.file.text, /old value|quoted text|lines here/);
    const opened = must(await openEncrypted(file.file.text, format, accessOf(identity)));
    const saved = must(saveChanges(opened, [{ kind: 'set', at: address, value: textValue('new') }], later));
    assert.ok(newLines(file.file.text, saved.file.text).length <= 3);
    const reopened = must(await openEncrypted(saved.file.text, format, accessOf(identity)));
    assert.equal(valueAt(reopened, ...address.steps), 'str new');
    const others = (one: OpenedFile): string[] =>
      one.tree.values.map(({ value }) => Buffer.from(value.bytes).toString('hex'));
    assert.equal(others(reopened).filter((value, index) => value !== others(opened)[index]).length, 1);
  });
}

test('every document of a file is encrypted, and has the stanza', async () => {
  const { identity, key } = await makeAgeKey();
  const file = await encrypted('a: 1\n---\nb: 2\n', 'yaml', { groups: [[key]], threshold: 0 });
  assert.equal(file.file.text.match(/^sops:$/gm)?.length, 2);
  const saved = must(
    saveChanges(file, [{ kind: 'set', at: { document: 1, steps: ['b'] }, value: intValue(3) }], later),
  );
  const macs = [...saved.file.text.matchAll(/^ {4}mac: (.*)$/gm)].map(([, mac]) => mac);
  assert.equal(new Set(macs).size, 1);
  const opened = must(await openEncrypted(saved.file.text, 'yaml', accessOf(identity)));
  assert.deepEqual(
    opened.tree.values.map(({ value }) => textOf(value)),
    ['1', '3'],
  );
});

test('CRLF, a byte order mark and a missing last break survive', async () => {
  const { key } = await makeAgeKey();
  const file = await encrypted('\ufeffa: old\r\nb: c', 'yaml', { groups: [[key]], threshold: 0 });
  assert.ok(file.file.text.startsWith('\ufeffa: ENC['));
  assert.doesNotMatch(file.file.text, /[^\r]\n/);
});

test('closing overwrites the key and the values', async () => {
  const { file } = await secretFile();
  const [value] = file.tree.values.filter(({ isEncrypted }) => isEncrypted);
  closeFile(file);
  assert.ok(file.dataKey.every((byte) => byte === 0));
  assert.ok(value?.value.bytes.every((byte) => byte === 0));
});

test('comments that SOPS drops are encrypted like what stands around them, and come back', async () => {
  const { identity, key } = await makeAgeKey();
  const groups = { groups: [[key]], threshold: 0 };
  const text = 'a: v\nb: [ # lost words\n  ]\nc: # kept words\n  d: x\n';
  const made = await encrypted(text, 'yaml', groups);
  assert.equal(made.file.strays?.length, 1);
  assert.doesNotMatch(made.file.text, /words/);
  const opened = must(await openEncrypted(made.file.text, 'yaml', accessOf(identity)));
  assert.deepEqual(opened.tree.comments.map((one) => one.text).sort(), [' kept words', ' lost words']);
  const rotated = must(await rotateDataKey(opened, groups, undefined, now));
  assert.deepEqual(rotated.tree.comments.map((one) => one.text).sort(), [' kept words', ' lost words']);
  const selection = { by: 'encrypted_regex', text: '^c$', isWritten: true } as const;
  assert.match((await encrypted(text, 'yaml', { ...groups, selection })).file.text, /# lost words\n/);
  const around = { by: 'encrypted_regex', text: '^b$', isWritten: true } as const;
  assert.doesNotMatch((await encrypted(text, 'yaml', { ...groups, selection: around })).file.text, /lost words/);
});

test('comments at the end of a file are encrypted for where they are above the stanza', async () => {
  const { identity, key } = await makeAgeKey();
  const made = await encrypted('a:\n  b:\n    c: x\n    # deep\n\n  # less deep\n', 'yaml', {
    groups: [[key]],
    threshold: 0,
  });
  const opened = must(await openEncrypted(made.file.text, 'yaml', accessOf(identity)));
  for (const { comment, encryptedAt, steps } of opened.tree.comments) {
    assert.deepEqual(encryptedAt, steps, comment.text);
  }
});
