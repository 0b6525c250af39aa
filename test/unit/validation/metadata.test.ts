import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasVariable } from '../../../server/scalars/envsubst';
import { validateObject, type ObjectOptions } from '../../../server/validation/metadata';
import { lines, valueOf } from './read';

const judge = (text: string, options: ObjectOptions = {}): string[] =>
  lines(validateObject(undefined, valueOf(text), { isUnknown: hasVariable, ...options }));

const named = (kind: string, metadata: string): string =>
  `{ apiVersion: a.b/v1, kind: ${kind}, metadata: ${metadata} }`;

test('names', () => {
  for (const name of ['a', 'a-b.c', '0', 'a'.repeat(253), '${APP}-x'])
    assert.deepEqual(judge(named('X', `{ name: "${name}" }`)), [], name);
  for (const name of ['A', 'a_b', '-a', 'a.', 'a..b', '', 'a'.repeat(254)])
    assert.deepEqual(judge(named('X', `{ name: "${name}" }`)), ['name value metadata.name'], name);
  const role = (name: string) =>
    `{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: "${name}" } }`;
  assert.deepEqual(judge(role('system:A_b')), []);
  assert.deepEqual(judge(role('a/b')), ['name value metadata.name']);
});

test('an identity that may still change is not judged', () => {
  const text = named('X', '{ name: _, namespace: _, labels: { a: -x } }');
  assert.deepEqual(judge(text), [
    'name value metadata.labels.a',
    'name value metadata.name',
    'name value metadata.namespace',
  ]);
  assert.deepEqual(judge(text, { identityIsFinal: false }), ['name value metadata.labels.a']);
});

test('namespaces are labels of a domain name', () => {
  assert.deepEqual(judge(named('X', '{ name: a, namespace: a-b }')), []);
  assert.deepEqual(judge(named('X', '{ name: a, namespace: "" }')), []);
  assert.deepEqual(judge(named('X', '{ name: a, namespace: a.b }')), ['name value metadata.namespace']);
});

test('labels, annotations and finalizers', () => {
  assert.deepEqual(
    judge(
      named(
        'X',
        '{ name: a, labels: { a.b/c_D: "", "${K}": "${V}" }, annotations: { A.b/C: "any text" }, finalizers: [a.b/c] }',
      ),
    ),
    [],
  );
  assert.deepEqual(
    judge(
      named(
        'X',
        '{ name: a, labels: { a/b/c: x, b: 1 }, annotations: { "a b": x, c: 1 }, finalizers: [a b, a.b/c, a.b/c] }',
      ),
    ),
    [
      'duplicate-item value metadata.finalizers[2]',
      'name key metadata.annotations[a b]',
      'name key metadata.labels[a/b/c]',
      'name value metadata.finalizers[0]',
      'type value metadata.annotations.c',
      'type value metadata.labels.b',
    ],
  );
  const long = 'x'.repeat(256 * 1024);
  assert.deepEqual(judge(named('X', `{ name: a, annotations: { a: ${long.slice(1)} } }`)), []);
  assert.deepEqual(judge(named('X', `{ name: a, annotations: { a: ${long} } }`)), [
    'annotations-size key metadata.annotations',
  ]);
});

test('identity', () => {
  assert.deepEqual(
    judge('{}'),
    ['apiVersion', 'kind', 'metadata'].map((name) => `missing-required key . ${name}`),
  );
  assert.deepEqual(judge(named('X', '{}')), ['missing-required key metadata name']);
  assert.deepEqual(judge(named('X', '{ generateName: a- }')), ['missing-required key metadata name']);
  assert.deepEqual(judge('{ metadata: { nme: x } }', { partial: true }), ['unknown-field key metadata.nme']);
  assert.deepEqual(judge('[]'), ['type value .']);
});
