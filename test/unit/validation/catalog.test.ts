import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type KindEntry } from '../../../schemas/kinds/kind';
import { type FluxRelease } from '../../../schemas/release';
import { type Schema } from '../../../schemas/schema';
import { createCatalog, type FoundSchema } from '../../../server/validation/catalog';
import { schemasOfCrd } from '../../../server/validation/crd';
import { completions, schemaAt, valuesOf } from '../../../server/validation/describe';
import { loadKubernetes } from '../../../server/validation/kubernetes';
import { findRemoved, removedVersions } from '../../../server/validation/kubernetes-removed';
import { valueOf } from './read';

const gadget: KindEntry = {
  group: 'flux.example',
  kind: 'Gadget',
  plural: 'gadgets',
  shortNames: [],
  scope: 'Namespaced',
  category: 'apply',
  versions: [
    { name: 'v1', served: '2.3+' },
    { name: 'v1beta1', served: '2.0-2.6', deprecated: '2.3-2.6' },
  ],
  references: [],
  capabilities: { suspend: 'none', reconcile: false },
};

const ours: Schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        interval: { type: 'string', description: 'How often.', scalar: 'duration' },
        gone: { type: 'string' },
      },
    },
  },
};

const crd = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  group: flux.example
  names: { kind: Gadget, plural: gadgets }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { interval: { type: string, minLength: 2, description: theirs }, added: { type: integer, description: new } } } } } }
`;

const kubernetesText = JSON.stringify({
  release: '1.0',
  kinds: { 'apps/v1/Toy': { schema: 'V1Toy', plural: 'toys', scope: 'Cluster' } },
  definitions: {
    V1ObjectMeta: { type: 'object', properties: {} },
    V1Toy: {
      type: 'object',
      properties: {
        metadata: { ref: 'V1ObjectMeta' },
        parent: { ref: 'V1Toy' },
        parts: { type: 'array', items: { ref: 'V1Toy' } },
      },
    },
  },
});

const catalogWith = (definition?: string) =>
  createCatalog({
    definedKinds: (group, kind) =>
      schemasOfCrd(valueOf(definition ?? '{}')).filter((one) => one.group === group && one.kind === kind),
    fluxKind: (group, kind) => (group === gadget.group && kind === gadget.kind ? gadget : undefined),
    fluxSchema: (group, version, kind) =>
      kind === 'Gadget' && group === gadget.group && version !== '' ? ours : undefined,
    kubernetes: () => loadKubernetes(() => kubernetesText),
  });

test('the release decides which versions of a Flux kind are served', () => {
  const { find } = catalogWith();
  const rows: [string, FluxRelease, FoundSchema['status'], string[]][] = [
    ['v1', '2.10', 'served', ['v1']],
    ['v1', '2.0', 'not-served', ['v1beta1']],
    ['v1beta1', '2.5', 'served', ['v1', 'v1beta1']],
    ['v1beta1', '2.7', 'not-served', ['v1']],
    ['v9', '2.7', 'unknown-version', ['v1']],
  ];
  for (const [version, release, status, served] of rows) {
    const found = find('flux.example', version, 'Gadget', release);
    assert.deepEqual([found?.status, found?.served, found?.source], [status, served, 'flux'], `${version} ${release}`);
  }
  const old = find('flux.example', 'v1beta1', 'Gadget', '2.5');
  assert.equal(old?.status === 'served' && old.deprecated, true);
});

test('kinds of Kubernetes and kinds of nobody', () => {
  const { find } = catalogWith();
  assert.equal(find('apps', 'v1', 'Toy', '2.10')?.status, 'served');
  assert.equal(find('apps', 'v1beta1', 'Toy', '2.10')?.status, 'unknown-version');
  assert.equal(find('apps', 'v1', 'Game', '2.10'), undefined);
  assert.equal(find('other.example', 'v1', 'Gadget', '2.10'), undefined);
});

test('a definition in the workspace gives the structure, our table the notes', () => {
  const found = catalogWith(crd).find('flux.example', 'v1', 'Gadget', '2.10');
  assert.ok(found?.status === 'served');
  assert.equal(found.source, 'workspace');
  const { added, interval, ...others } = schemaAt(found.schema, ['spec'])?.properties ?? {};
  assert.deepEqual(interval, { type: 'string', minLength: 2, description: 'How often.', scalar: 'duration' });
  assert.deepEqual(added, { type: 'integer', description: 'new' });
  assert.deepEqual(others, {});
  assert.equal(catalogWith(crd).find('flux.example', 'v1beta1', 'Gadget', '2.10')?.status, 'not-served');
  assert.equal(catalogWith(crd).find('flux.example', 'v7', 'Gadget', '2.10')?.status, 'unknown-version');
});

test('the same question gets the same schema', () => {
  for (const { find } of [catalogWith()]) {
    const [first, second] = [1, 2].map(() => find('flux.example', 'v1', 'Gadget', '2.10'));
    assert.ok(first?.status === 'served' && second?.status === 'served');
    assert.equal(first.schema, second.schema);
    assert.ok(first.schema.properties?.['metadata'] !== undefined && first.schema.properties['status'] !== undefined);
  }
});

test('a definition may contain itself', () => {
  const toy = loadKubernetes(() => kubernetesText).find('apps', 'v1', 'Toy');
  assert.ok(toy);
  assert.equal(schemaAt(toy.schema, ['parent', 'parts', 0, 'parent', 'parts'])?.type, 'array');
});

test('schemaAt, completions and valuesOf look into branches', () => {
  const schema: Schema = {
    type: 'object',
    properties: {
      a: { type: 'boolean' },
      b: { enum: ['x', 'y'] },
      map: { type: 'object', additionalProperties: { type: 'array', items: { type: 'integer' } } },
    },
    required: ['b'],
    anyOf: [{ properties: { c: { type: 'string' } } }],
  };
  assert.equal(schemaAt(schema, ['map', 'any', 3])?.type, 'integer');
  assert.equal(schemaAt(schema, ['c'])?.type, 'string');
  assert.equal(schemaAt(schema, ['toString']), undefined);
  assert.equal(schemaAt(schema, ['a', 'b']), undefined);
  const offered = completions(schema, new Set(['a'])).map(({ name, required }) => `${name}${required ? '!' : ''}`);
  assert.deepEqual(offered, ['b!', 'map', 'c']);
  assert.deepEqual(valuesOf(schemaAt(schema, ['b']) ?? {}), ['x', 'y']);
  assert.deepEqual(valuesOf(schemaAt(schema, ['a']) ?? {}), [true, false]);
});

test('removed versions name a release after the one that deprecates them, once per kind', () => {
  const minor = (release: string): number => Number(release.split('.')[1]);
  const seen = new Set<string>();
  for (const { group, version, kinds, deprecated, removed } of removedVersions)
    for (const kind of kinds) {
      const key = `${group}/${version}/${kind}`;
      assert.ok(minor(deprecated) < minor(removed), key);
      assert.ok(!seen.has(key), key);
      seen.add(key);
    }
  assert.equal(findRemoved('policy', 'v1beta1', 'PodDisruptionBudget')?.instead, 'policy/v1');
  assert.equal(findRemoved('policy', 'v1beta1', 'PodSecurityPolicy')?.instead, undefined);
  assert.equal(findRemoved('policy', 'v1', 'PodDisruptionBudget'), undefined);
});
