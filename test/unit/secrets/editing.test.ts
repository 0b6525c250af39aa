import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditedSecret, type RowEdit } from '../../../client/secrets/editing/edited-secret';
import { accessOf, encrypted, makeAgeKey, must, now } from './keys';
import { openEncrypted } from '../../../client/secrets/operations/open';

const plain = `# of the team
apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: apps
data:
  token: cGxhaW4gdG9rZW4=
stringData:
  # which one
  password: first
  port: 8080
  ready: true
  hosts: [a, b]
  nothing: null
  empty: ""
`;
const rule = { by: 'encrypted_regex', text: '^(data|stringData)$', isWritten: true } as const;

async function edited(text = plain): Promise<{ secret: EditedSecret; identity: string }> {
  const { identity, key } = await makeAgeKey();
  const file = await encrypted(text, 'yaml', { groups: [[key]], threshold: 0, selection: rule });
  return { secret: new EditedSecret(file), identity };
}

const idOf = (...steps: readonly (string | number)[]): string => JSON.stringify([0, steps]);

test('rows say keys, types and whether a value is encrypted, and no value', async () => {
  const { secret } = await edited();
  const lines = secret
    .rows()
    .map(({ kind, depth, label, type, isEncrypted, isEmpty, isBase64 }) =>
      [
        `${'  '.repeat(depth)}${label}`,
        type ?? kind,
        ...(isEncrypted ? ['encrypted'] : []),
        ...(isEmpty ? ['empty'] : []),
        ...(isBase64 ? ['base64'] : []),
      ].join(' | '),
    );
  assert.deepEqual(lines, [
    'Secret apps/db | document',
    '   of the team | comment',
    '  apiVersion | str',
    '  kind | str',
    '  metadata | map',
    '    name | str',
    '    namespace | str',
    '  data | map',
    '    token | str | encrypted | base64',
    '  stringData | map',
    '     | comment | encrypted',
    '    password | str | encrypted',
    '    port | int | encrypted',
    '    ready | bool | encrypted',
    '    hosts | list',
    '      [0] | str | encrypted',
    '      [1] | str | encrypted',
    '    nothing | null',
    '    empty | str | encrypted | empty',
  ]);
  const everything = JSON.stringify(secret.rows().map((row) => ({ ...row, content: undefined })));
  for (const value of ['first', '8080', 'which one', 'plain token']) assert.ok(!everything.includes(value), value);
});

test('one value is shown at a time, as people read it', async () => {
  const { secret } = await edited();
  const shown = [idOf('data', 'token'), idOf('stringData', 'ready'), idOf('stringData', 'hosts', 1), idOf('metadata')];
  assert.deepEqual(
    shown.map((id) => secret.peek(id)),
    [{ text: 'plain token' }, { text: 'true' }, { text: 'b' }, { reason: 'There is no value to show.' }],
  );
  const comment = secret.rows().find(({ kind, isEncrypted }) => kind === 'comment' && isEncrypted);
  assert.deepEqual(secret.peek(comment?.id ?? ''), { text: ' which one' });
});

const accepted: readonly (readonly [RowEdit, string, string | undefined, string])[] = [
  [
    { kind: 'set', id: idOf('stringData', 'password'), type: 'str', text: 'second' },
    'Change stringData.password',
    idOf('stringData', 'password'),
    'second',
  ],
  [
    { kind: 'set', id: idOf('stringData', 'port'), type: 'int', text: ' 9090 ' },
    'Change stringData.port',
    idOf('stringData', 'port'),
    '9090',
  ],
  [
    { kind: 'set', id: idOf('data', 'token'), type: 'str', text: 'ä new one' },
    'Change data.token',
    idOf('data', 'token'),
    'ä new one',
  ],
  [
    { kind: 'add', id: idOf('stringData'), key: 'user', type: 'str', text: 'app' },
    'Add stringData.user',
    idOf('stringData', 'user'),
    'app',
  ],
  [
    { kind: 'add', id: idOf('data'), key: 'more', type: 'str', text: 'x y' },
    'Add data.more',
    idOf('data', 'more'),
    'x y',
  ],
  [
    { kind: 'add', id: idOf('stringData', 'hosts'), key: '', type: 'str', text: 'c' },
    'Add stringData.hosts.2',
    idOf('stringData', 'hosts', 2),
    'c',
  ],
  [
    { kind: 'rename', id: idOf('stringData', 'password'), key: 'pass' },
    'Rename stringData.password',
    idOf('stringData', 'pass'),
    'first',
  ],
  [{ kind: 'remove', id: idOf('stringData', 'port') }, 'Remove stringData.port', undefined, ''],
];

test('edits by value and by key, each a whole encrypted file that opens again; undone by showing the state before', async () => {
  for (const [edit, label, id, text] of accepted) {
    const { secret, identity } = await edited();
    const before = secret.current;
    const result = secret.edit(edit, now);
    assert.equal(result.kind, 'edited', label);
    assert.equal(result.label, label);
    const opened = must(await openEncrypted(secret.current.file.text, 'yaml', accessOf(identity)));
    assert.ok(opened.isVerified);
    if (id !== undefined) assert.deepEqual(new EditedSecret(opened).peek(id), { text }, label);
    else assert.equal(secret.row(edit.id), undefined);
    secret.show(before);
    assert.equal(secret.current.file.text, before.file.text);
    assert.equal(secret.revision, 3);
  }
});

const refused: readonly (readonly [RowEdit, string, string])[] = [
  [
    { kind: 'set', id: idOf('stringData', 'port'), type: 'int', text: 'many' },
    'refused',
    'What was typed is no whole number.',
  ],
  [
    { kind: 'set', id: idOf('stringData', 'gone'), type: 'str', text: 'x' },
    'refused',
    'The entry is not there any more.',
  ],
  [{ kind: 'set', id: idOf('stringData'), type: 'str', text: 'x' }, 'refused', 'This entry has no value to change.'],
  [
    { kind: 'add', id: idOf('stringData'), key: 'port', type: 'str', text: 'x' },
    'refused',
    'stringData.port is in the file already.',
  ],
  [{ kind: 'add', id: idOf('stringData'), key: '', type: 'str', text: 'x' }, 'refused', 'A key needs a name.'],
  [{ kind: 'rename', id: idOf('stringData', 'port'), key: '' }, 'refused', 'A key needs a name.'],
  [
    { kind: 'add', id: idOf('metadata'), key: 'note', type: 'str', text: 'x' },
    'exposes',
    'metadata.note would be written in clear, since the rule of the file does not encrypt it there.',
  ],
  [
    { kind: 'rename', id: idOf('stringData'), key: 'plainData' },
    'exposes',
    'plainData.password would be written in clear, since the rule of the file does not encrypt it there.',
  ],
];

test('what cannot be done is refused in a sentence without a value, and changes nothing', async () => {
  for (const [edit, kind, reason] of refused) {
    const { secret } = await edited();
    const before = secret.current;
    const result = secret.edit(edit, now);
    assert.deepEqual(result, { kind, reason });
    assert.equal(secret.current, before);
    if (kind === 'exposes') assert.equal(secret.edit(edit, now, true).kind, 'edited');
  }
});

test('an empty value in clear is asked about when it gets its first content, and not again', async () => {
  const { secret } = await edited();
  const add = { kind: 'add', id: idOf('metadata'), key: 'note', type: 'str', text: '' } as const;
  assert.equal(secret.edit(add, now).kind, 'edited', 'nothing is written in clear yet');
  const set = { kind: 'set', id: idOf('metadata', 'note'), type: 'str', text: 'x' } as const;
  const reason = 'metadata.note would be written in clear, since the rule of the file does not encrypt it there.';
  assert.deepEqual(secret.edit(set, now), { kind: 'exposes', reason });
  assert.equal(secret.edit(set, now, true).kind, 'edited');
  assert.equal(secret.edit({ ...set, text: 'y' }, now).kind, 'edited');
});

test('typing what is there is no edit', async () => {
  const { secret } = await edited();
  assert.deepEqual(secret.edit({ kind: 'set', id: idOf('data', 'token'), type: 'str', text: 'plain token' }, now), {
    kind: 'same',
  });
});

test('closing overwrites every state', async () => {
  const { secret } = await edited();
  const first = secret.current;
  secret.edit({ kind: 'set', id: idOf('stringData', 'password'), type: 'str', text: 'second' }, now);
  const { current } = secret;
  secret.close();
  for (const { dataKey, tree } of [first, current]) {
    assert.ok(dataKey.every((byte) => byte === 0));
    assert.ok(tree.values.every(({ value }) => value.bytes.every((byte) => byte === 0)));
  }
});
