import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCommonMetadata } from '../../../server/build/flux/common-metadata';
import { isExempt, substituteObject, type SubstitutedObject } from '../../../server/build/flux/substitute-object';
import { substitutionOptions } from '../../../server/build/flux/substitution-options';
import { collectVariables, type Variables } from '../../../server/build/flux/variables';
import { emitObject } from '../../../server/build/kustomize/emit/emit';
import { type MapNode, nodeAt, type NodePath } from '../../../server/build/kustomize/node';
import { toNode } from '../../../server/build/kustomize/read/to-node';
import { isObject, type JsonObject } from '../../../server/model/json';
import { openFile } from '../../../server/yaml/file';
import { valueOf } from '../../../server/yaml/scalar';

function readObject(text: string): MapNode {
  const document = openFile('object.yaml', text, 0).documents[0]?.document;
  const node = document && toNode(document, 0, false);
  assert.ok(node?.kind === 'map');
  return node;
}

function readValue(text: string): JsonObject {
  const document = openFile('owner.yaml', text, 0).documents[0]?.document;
  const value = document && valueOf(document, document.root);
  assert.ok(isObject(value));
  return value;
}

function variablesOf(substitute: Readonly<Record<string, string>>, source?: 'unknown'): Variables {
  const from = source === undefined ? [] : [{ kind: 'ConfigMap', name: 'settings' }];
  const owner = readValue(JSON.stringify({ spec: { postBuild: { substitute, substituteFrom: from } } }));
  return collectVariables(owner, { find: () => ({ kind: 'unknown' }) });
}

const strict = { isStrict: true, always: false };

function print({ node }: SubstitutedObject): string {
  const emitted = emitObject(node);
  assert.ok('text' in emitted);
  return emitted.text;
}

test('values may change their type, and stand in keys', () => {
  const text =
    'data:\n  a: "${N}"\n  b: "${Q}${N}${Q}"\n  c: x-${N}\n  d: "${Y}"\n  "${K}": z\n  e: "${M}"\n  f: $$x\n  g: "${E}"\n';
  const variables = variablesOf({ N: '12', Q: '"', Y: 'yes', K: 'key', M: '{m: [1]}', E: '' });
  const made = substituteObject(readObject(text), variables, strict);
  assert.deepEqual(made.faults, []);
  const expected = 'a: 12\n  b: "12"\n  c: x-12\n  d: true\n  e:\n    m:\n    - 1\n  f: $x\n  g: null\n  key: z';
  assert.equal(print(made), `data:\n  ${expected}\n`);
});

test('every value keeps the origin it had, and those of an expression that of its text', () => {
  const text =
    'data:\n  script: |\n    a\n    ${L}\n    b\n  other: ${N}\n  ${K}: here\n  map: ${M}\nlist:\n- same\n- is: ${N}\n';
  const object = readObject(text);
  const { node } = substituteObject(object, variablesOf({ L: 'c', N: '1', K: 'key', M: '{m: [1]}' }), strict);
  const stands = (path: NodePath, at: string): void => {
    assert.equal(nodeAt(node, path)?.origin, text.indexOf(at), path.join('.'));
  };
  stands(['data', 'script'], '|');
  stands(['data', 'other'], '${N}');
  stands(['data', 'key'], 'here');
  stands(['data', 'map'], '${M}');
  stands(['data', 'map', 'm', 0], '${M}');
  stands(['list'], '- same');
  stands(['list', 1], 'is:');
  assert.equal(nodeAt(node, ['list', 1, 'is'])?.origin, text.lastIndexOf('${N}'));
  assert.equal(nodeAt(node, ['list', 0]), nodeAt(object, ['list', 0]));
});

test('an exempt object, and one without variables, stays as it is', () => {
  const exempt = 'metadata:\n  labels:\n    kustomize.toolkit.fluxcd.io/substitute: disabled\ndata:\n  a: ${A}\n';
  const variables = variablesOf({ A: 'x' });
  for (const text of [exempt, exempt.replace('labels', 'annotations')]) {
    const object = readObject(text);
    assert.ok(isExempt(object));
    assert.equal(substituteObject(object, variables, strict).node, object);
  }
  const loud = readObject(exempt.replace(': disabled', ': Disabled'));
  assert.match(print(substituteObject(loud, variables, strict)), /a: x/);
  const defaults = readObject('data:\n  a: ${A:=x}\n');
  assert.equal(substituteObject(defaults, variablesOf({}), strict).node, defaults);
  assert.match(print(substituteObject(defaults, variablesOf({}), { ...strict, always: true })), /a: x/);
});

test('what is not known, not defined or not readable is said with its path', () => {
  const text = 'data:\n  a: ${A}\n  b: ${U}-x\n  list:\n  - k: ${U}\n';
  const open = substituteObject(readObject(text), variablesOf({ A: 'x' }, 'unknown'), strict);
  assert.deepEqual(open.faults, []);
  assert.deepEqual(open.unknown, [
    ['data', 'b'],
    ['data', 'list', 0, 'k'],
  ]);
  const closed = substituteObject(readObject(text), variablesOf({ A: 'x' }), strict);
  const faults = closed.faults.map(({ kind, path, expression, name }) => [kind, path.join('.'), expression, name]);
  assert.deepEqual(faults, [
    ['undefined', 'data.b', '${U}', 'U'],
    ['undefined', 'data.list.0.k', '${U}', 'U'],
  ]);
  const lenient = substituteObject(readObject(text), variablesOf({ A: 'x' }), { ...strict, isStrict: false });
  assert.match(print(lenient), /b: -x\n/);
  const broken = substituteObject(readObject('data:\n  a: ${A-b}\n'), variablesOf({ A: 'x' }), strict);
  assert.deepEqual(
    broken.faults.map(({ kind, path }) => [kind, path.join('.')]),
    [['syntax', 'data.a']],
  );
  const output = substituteObject(readObject('data:\n  a: ${A}\n'), variablesOf({ A: 'a: b' }), strict);
  assert.deepEqual(
    output.faults.map(({ kind }) => kind),
    ['output'],
  );
});

test('strict is the default since Flux 2.9, and the strategy is read since then', () => {
  const owner = readValue('spec:\n  postBuild:\n    substituteStrategy: Always\n');
  assert.deepEqual(substitutionOptions(owner, '2.8'), { isStrict: false, always: false });
  assert.deepEqual(substitutionOptions(owner, '2.9'), { isStrict: true, always: true });
  assert.deepEqual(substitutionOptions(owner, '2.10', false), { isStrict: false, always: true });
  assert.equal(substitutionOptions(readValue('spec:\n  prune: true\n'), '2.9'), undefined);
});

test('variables come from their sources in order, and from the spec last', () => {
  const owner = readValue(
    'spec:\n  postBuild:\n    substitute: {A: own, bad-name: x}\n    substituteFrom:\n' +
      '    - {kind: ConfigMap, name: one}\n    - {kind: Secret, name: two}\n' +
      '    - {kind: Secret, name: gone, optional: true}\n    - {kind: Secret, name: lost}\n',
  );
  const objects: Readonly<Record<string, string>> = {
    one: 'data: {A: first, B: "b\\nb\\n", C: from-map}\n',
    two: 'sops: {mac: x}\ndata: {C: "aMOpCg==", D: "ENC[AES256_GCM,x]"}\nstringData: {E: plain}\n',
  };
  const { values, isOpen, faults } = collectVariables(owner, {
    find: (_kind, name) => {
      const text = objects[name];
      return text === undefined ? { kind: 'absent' } : { kind: 'object', value: readValue(text) };
    },
  });
  const found = [...values].map(([name, { variable }]) => [name, variable.kind === 'text' ? variable.text : null]);
  assert.deepEqual(
    Object.fromEntries(found),
    { A: 'own', B: 'bb', C: 'hé', D: null, E: 'plain', 'bad-name': 'x' },
    'é',
  );
  assert.equal(isOpen, true);
  assert.deepEqual(
    faults.map(({ kind, name }) => [kind, name]),
    [
      ['source-absent', 'lost'],
      ['name', 'bad-name'],
    ],
  );
});

test('common metadata wins over an object of its own', () => {
  const owner = readValue('spec:\n  commonMetadata:\n    labels: {a: new}\n    annotations: {b: "1"}\n');
  const object = readObject('kind: X\nmetadata:\n  labels:\n    a: old\n    c: kept\n');
  const previous: unknown[] = [];
  const node = withCommonMetadata(object, owner, (_path, before) => previous.push(before) - 100);
  const expected = 'kind: X\nmetadata:\n  annotations:\n    b: "1"\n  labels:\n    a: new\n    c: kept\n';
  assert.equal(print({ node, faults: [], unknown: [] }), expected);
  assert.deepEqual(previous, [nodeAt(object, ['metadata', 'labels', 'a'])?.origin, undefined]);
});
